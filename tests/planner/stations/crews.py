"""Small station problems, one of whose rules each test turns; and every roster there is."""

import os
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from muster.planner.stations.checker import check
from muster.planner.stations.problem import Cover, Member, Request, ShiftType, StationProblem
from muster.planner.stations.roster import Duty, Roster

SHARED = Path(os.environ.get("MUSTER_SHARED", Path(__file__).parents[4] / "shared"))
EARLY, LATE = ShiftType("E", 480), ShiftType("L", 600, frozenset({"E"}))


def instance(number: int) -> str:
    """The text of a public instance; skips where it is not at hand."""
    path = SHARED / "bench" / "nrp" / f"Instance{number}.txt"
    if not path.is_file():
        pytest.skip(f"{path.name} is not there: set MUSTER_SHARED to the shared folder")
    return path.read_text("utf-8")


def crew(days: int = 14, **rules: Any) -> StationProblem:
    """One member over `days`; `rules` of his contract."""
    return StationProblem(days, (EARLY, LATE), (replace(Member("A", 100_000), **rules),))


def works(text: str, member: str = "A") -> Roster:
    """``"EE-L"``: a letter a day, ``-`` a day off."""
    return Roster(tuple(Duty(member, day, shift) for day, shift in enumerate(text) if shift != "-"))


def schedules(problem: StationProblem, member: Member) -> Iterator[str]:
    """Every legal schedule of `member`, the checker being the judge."""
    alone = replace(problem, members=(member,), requests=(), covers=())
    for each in product("-EL", repeat=problem.days):
        text = "".join(each)
        if not check(alone, works(text, member.id)).breaches:
            yield text


def cheapest(problem: StationProblem) -> int | None:
    """The least cost of any legal roster, by trying all."""
    choices = [list(schedules(problem, member)) for member in problem.members]
    costs = []
    for chosen in product(*choices):
        pairs = zip(problem.members, chosen, strict=True)
        duties = tuple(d for member, text in pairs for d in works(text, member.id).duties)
        costs.append(check(problem, Roster(duties)).cost)
    return min(costs, default=None)


@st.composite
def members(draw: st.DrawFn, name: str, days: int) -> Member:
    """A contract that may leave its member few schedules, or none."""
    least = draw(st.integers(0, 2)) * 480
    return Member(
        id=name,
        max_minutes=least + draw(st.integers(0, 4)) * 480,
        min_minutes=least,
        max_run=draw(st.integers(2, 4)),
        min_run=draw(st.integers(1, 2)),
        min_off=draw(st.integers(1, 3)),
        max_weekends=draw(st.integers(0, 2)),
        max_shifts={s: draw(st.integers(0, 2)) for s in draw(st.sets(st.sampled_from("EL")))},
        days_off=draw(st.frozensets(st.integers(0, days - 1), max_size=2)),
    )


@st.composite
def crews(draw: st.DrawFn, days: int = 7, most: int = 2) -> StationProblem:
    """Tiny problems."""
    names = "AB"[: draw(st.integers(1, most))]
    people = tuple(draw(members(name, days)) for name in names)
    some_day, shift = st.integers(0, days - 1), st.sampled_from("EL")
    wish = st.builds(
        Request, st.sampled_from(names), some_day, shift, st.integers(0, 3), st.booleans()
    )
    cells = draw(st.sets(st.tuples(some_day, shift), max_size=8))
    number = st.integers(0, 3)
    covers = tuple(
        Cover(day, s, draw(number), draw(st.sampled_from((0, 5, 100))), draw(number))
        for day, s in sorted(cells)
    )
    wishes = tuple(draw(st.lists(wish, max_size=6)))
    return StationProblem(days, (EARLY, LATE), people, wishes, covers)
