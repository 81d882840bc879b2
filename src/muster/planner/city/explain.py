"""Why a post is short, what one change would fill it, and why somebody was sent where."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from muster.planner.city.constraints import availability, capacity, radius, role
from muster.planner.city.errors import NotInProblem
from muster.planner.city.fitting import may_stand, nights_full, resting, room, week_full
from muster.planner.city.problem import (
    FREE,
    OPEN,
    SEALED,
    CityProblem,
    Flags,
    Lines,
    Reals,
    Whole,
)

BARS = (
    "home_sealed", "place_sealed", "out_of_reach", "unavailable", "here", "dearer_post",
    "cheaper_post", "resting", "nights", "week_full", "too_dear", "free",
)  # fmt: skip
"""What keeps a holder of the role from a post, in the order in which it is asked."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """The nearest single change that would fill a post, with the person who would come."""

    change: str
    """One of `BARS`: the bar to be lifted."""
    person: int
    km: float
    gives_up: tuple[int, int] | None = None
    """The line and slot of the one shift that the person would have to give up."""


@dataclass(frozen=True, slots=True)
class PostExplained:
    """A line in a slot: who is there, and what keeps the others away."""

    line: int
    slot: int
    required: int
    minimum: int
    present: tuple[int, ...]
    bars: dict[str, int]
    """How many of the role's holders are kept away by each bar, the first that holds."""
    remedies: tuple[Remedy, ...]
    """For each bar that one change would lift: the nearest person; nearest first."""

    def to_json(self) -> dict[str, object]:
        """For machines."""
        return {
            "line": self.line,
            "slot": self.slot,
            "required": self.required,
            "minimum": self.minimum,
            "present": list(self.present),
            "bars": self.bars,
            "remedies": [
                {"change": r.change, "person": r.person, "km": r.km, "gives_up": r.gives_up}
                for r in self.remedies
            ],
        }


@dataclass(frozen=True, slots=True)
class ShiftExplained:
    """One shift of a person: what it costs and the best other thing in its slot."""

    slot: int
    line: int
    km: float
    travel: float
    preference: float
    change: float
    saves: float
    """What the plan would lose in shortage without this shift."""
    instead: int
    """The line that would take the person with most profit otherwise; -1: none."""
    instead_gain: float
    """Saving less cost there, beside which this shift has `gain`."""

    @property
    def gain(self) -> float:
        return self.saves - self.travel - self.preference - self.change

    def to_json(self) -> dict[str, object]:
        """For machines."""
        return {name: getattr(self, name) for name in (*self.__slots__, "gain")}


def explain_post(problem: CityProblem, assignment: Lines, line: int, slot: int) -> PostExplained:
    """Why (`line`, `slot`) has no more people than it has.

    Raises:
        NotInProblem: there is no such line or slot, or nobody is wanted there.
    """
    if not (0 <= line < problem.lines and 0 <= slot < problem.slots):
        reason = f"lines run to {problem.lines - 1}, slots to {problem.slots - 1}"
        raise NotInProblem(reason=reason)
    if not problem.required[line, slot]:
        raise NotInProblem(reason=f"line {line} wants nobody in slot {slot}")
    every = np.arange(problem.people)
    people = every[role.allows(problem, every, np.full(problem.people, line))]
    bar = _bars(problem, assignment, people, line, slot)
    km = problem.distance(people, np.full(len(people), line))
    counts = np.bincount(bar, minlength=len(BARS))
    return PostExplained(
        line,
        slot,
        int(problem.required[line, slot]),
        int(problem.minimum[line, slot]),
        tuple(np.flatnonzero(assignment[:, slot] == line).tolist()),
        {name: int(n) for name, n in zip(BARS, counts, strict=True) if n},
        tuple(sorted(_remedies(problem, assignment, (people, bar, km), line, slot), key=_nearest)),
    )


def explain_person(
    problem: CityProblem, assignment: Lines, person: int
) -> tuple[ShiftExplained, ...]:
    """Each shift of `person`, and the best other thing in its slot.

    Raises:
        NotInProblem: there is no such person.
    """
    if not 0 <= person < problem.people:
        raise NotInProblem(reason=f"people run from 0 to {problem.people - 1}")
    present = capacity.present(problem, assignment)
    row = assignment[person]
    slots = np.flatnonzero(row != FREE)
    return tuple(_shift(problem, present, row, person, int(slot)) for slot in slots)


def _nearest(remedy: Remedy) -> float:
    return remedy.km


def _bars(problem: CityProblem, assignment: Lines, people: Whole, line: int, slot: int) -> Whole:
    """(n,) index in `BARS` of what keeps each of `people` away first."""
    lines = np.full(len(people), line)
    home, place = problem.person_home[people], problem.line_place[line]
    away = home != place
    rows = assignment[people]
    there = rows[:, slot]
    worth = _loss(problem, capacity.present(problem, assignment), slot)
    here = _worth(problem, capacity.present(problem, assignment), slot)[line]
    serving = there != FREE
    dearer = serving & (worth[there] >= here)
    checks: tuple[Flags, ...] = (
        away & (problem.compound_status[home] != OPEN),
        away & (problem.compound_status[place] == SEALED),
        ~radius.allows(problem, people, lines),
        ~availability.allows(problem, people, np.full(len(people), slot)),
        there == line,
        dearer,
        serving,
        resting(problem, rows, slot),
        nights_full(problem, rows, slot),
        week_full(problem, rows, slot),
        _cost(problem, people, line, slot) >= here,
    )
    found = np.select(checks, range(len(checks)), default=len(checks))
    return np.asarray(found)


def _remedies(
    problem: CityProblem, assignment: Lines, holders: tuple[Whole, Whole, Reals],
    line: int, slot: int,
) -> Iterator[Remedy]:  # fmt: skip
    """Lifting one bar must be enough: rest, week and nights leave room, or one shift makes it."""
    people, bar, km = holders
    rows = assignment[people]
    radius_km = problem.role_radius_km[problem.line_role[line]]
    fits = room(problem, rows, slot) & (rows[:, slot] == FREE)
    ready = fits & availability.allows(problem, people, np.full(len(people), slot))
    entered = problem.compound_status[problem.line_place[line]] != SEALED
    lifted = {
        "home_sealed": ready & (km <= radius_km) & entered,
        "place_sealed": ready & (km <= radius_km),
        "out_of_reach": ready,
        "unavailable": fits,
        "too_dear": ready,
        "free": ready,
    }  # fmt: skip
    for name, enough in lifted.items():
        at = np.flatnonzero((bar == BARS.index(name)) & enough)
        if len(at):
            who = at[np.argmin(km[at])]
            yield Remedy(name, int(people[who]), float(km[who]))
    for name in ("dearer_post", "cheaper_post", "resting", "nights", "week_full"):
        at = np.flatnonzero(bar == BARS.index(name))
        for who in at[np.argsort(km[at], kind="stable")]:
            given = _gives_up(problem, rows[who], slot)
            if given is not None:
                yield Remedy(name, int(people[who]), float(km[who]), given)
                break


def _gives_up(problem: CityProblem, row: Lines, slot: int) -> tuple[int, int] | None:
    """The one shift (line, slot) without which the person could serve in `slot`."""
    for other in np.flatnonzero(row != FREE):
        without = row.copy()
        without[other] = FREE
        if without[slot] == FREE and room(problem, without[None], slot)[0]:
            return int(row[other]), int(other)
    return None


def _worth(problem: CityProblem, present: Whole, slot: int) -> Reals:
    """(L,) what one more person saves on each line in `slot`."""
    now = present[:, slot]
    return np.asarray(
        (now < problem.required[:, slot]) * problem.weight_required
        + (now < problem.minimum[:, slot]) * problem.weight_minimum
    )


def _loss(problem: CityProblem, present: Whole, slot: int) -> Reals:
    """(L,) what one person fewer costs on each line in `slot`."""
    return _worth(problem, present - 1, slot)


def _cost(problem: CityProblem, people: Whole, lines: Whole | int, slot: int) -> Reals:
    """(n,) travel and preference of a shift; load and change apart."""
    travel = problem.distance(people, np.broadcast_to(lines, np.shape(people)))
    kind = slot % problem.slots_a_day
    return np.asarray(travel + problem.base_travel_km + problem.person_preference[people, kind])


def _shift(
    problem: CityProblem, present: Whole, row: Lines, person: int, slot: int
) -> ShiftExplained:
    line = int(row[slot])
    before = row[:slot][row[:slot] != FREE]
    lines = np.arange(problem.lines)
    people = np.full(problem.lines, person)
    allowed = (
        may_stand(problem, people, lines)
        & (problem.required[:, slot] > present[:, slot])
        & (lines != line)
    )
    gains = _worth(problem, present, slot) - _cost(problem, people, lines, slot)
    gains[~allowed] = -np.inf
    best = int(np.argmax(gains)) if allowed.any() else FREE
    km = float(problem.distance(np.array([person]), np.array([line]))[0])
    return ShiftExplained(
        slot=slot,
        line=line,
        km=km,
        travel=km + problem.base_travel_km,
        preference=float(problem.person_preference[person, slot % problem.slots_a_day]),
        change=problem.change_cost if len(before) and before[-1] != line else 0.0,
        saves=float(_loss(problem, present, slot)[line]),
        instead=best,
        instead_gain=float(gains[best]) if best != FREE else 0.0,
    )
