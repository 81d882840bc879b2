"""A crew that keeps a station manned around the clock, as plain data. No rule is decided here.

The model is that of the public shift-scheduling benchmark of Curtois and Qu (2014). Days count
from 0, which is a Monday; a weekend is days 5 and 6 of each week. All costs are whole numbers.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from muster.planner.stations.errors import BadInstance

WEEK = 7
SATURDAY = 5
LISTED = 20
"""How many contradictions an error spells out before it counts the rest."""


@dataclass(frozen=True, slots=True)
class ShiftType:
    """`minutes` long; no shift of `forbids` may be worked on the day after it."""

    id: str
    minutes: int
    forbids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Member:
    """One of the crew and his contract over the horizon. `max_shifts` by shift type (none given =
    no limit), `min_run`/`max_run` days worked in a row, `min_off` days off in a row,
    `max_weekends` weekends with any work; on `days_off` he never works."""

    id: str
    max_minutes: int
    min_minutes: int = 0
    max_run: int = 5
    min_run: int = 1
    min_off: int = 1
    max_weekends: int = 1000
    max_shifts: Mapping[str, int] = field(default_factory=dict)
    days_off: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Request:
    """`member` would like to work (`wanted`) or not to work `shift` on `day`; ignoring it costs
    `weight`."""

    member: str
    day: int
    shift: str
    weight: int
    wanted: bool


@dataclass(frozen=True, slots=True)
class Cover:
    """`required` people in `shift` on `day`; each missing costs `under`, each too many `over`."""

    day: int
    shift: str
    required: int
    under: int
    over: int


@dataclass(frozen=True, slots=True)
class StationProblem:
    """Everything a solver may know. Raises `BadInstance` with every contradiction in it."""

    days: int
    shifts: tuple[ShiftType, ...]
    members: tuple[Member, ...]
    requests: tuple[Request, ...] = ()
    covers: tuple[Cover, ...] = ()

    def __post_init__(self) -> None:
        refuse(list(contradictions(self)))


def refuse(faults: list[str]) -> None:
    """Raise `BadInstance` naming all of `faults`; nothing when there are none."""
    if not faults:
        return
    rest = [f"and {len(faults) - LISTED} more"] if len(faults) > LISTED else []
    raise BadInstance(reason="; ".join([*faults[:LISTED], *rest]), faults=tuple(faults))


def contradictions(problem: StationProblem) -> Iterator[str]:
    """Every reason why `problem` cannot be meant, with the mend."""
    if problem.days < 1:
        yield f"the horizon has {problem.days} days; give at least one"
    if not problem.shifts:
        yield "there is no shift type; give at least one"
    if not problem.members:
        yield "there is nobody on the crew; give at least one member"
    yield from _doubles("shift type", (s.id for s in problem.shifts))
    yield from _doubles("member", (m.id for m in problem.members))
    yield from _doubles("cover", (f"{c.day},{c.shift}" for c in problem.covers))
    shifts = {shift.id for shift in problem.shifts}
    for shift in problem.shifts:
        yield from _of_shift(shift, shifts)
    for member in problem.members:
        yield from _of_member(member, shifts, problem.days)
    yield from _of_wishes(problem, shifts)


def _doubles(what: str, ids: Iterable[str]) -> Iterator[str]:
    for each, times in Counter(ids).items():
        if times > 1:
            yield f"{what} {each} is given {times} times; keep one"


def _of_shift(shift: ShiftType, shifts: set[str]) -> Iterator[str]:
    if shift.minutes < 1:
        yield f"shift type {shift.id} lasts {shift.minutes} minutes; give at least one"
    for lost in sorted(shift.forbids - shifts):
        yield f"shift type {shift.id} forbids {lost}, which is not a shift type; add or drop it"


def _of_member(member: Member, shifts: set[str], days: int) -> Iterator[str]:
    who = f"member {member.id}"
    for lost in sorted(set(member.max_shifts) - shifts):
        yield f"{who} has a limit for {lost}, which is not a shift type; add or drop it"
    for day in sorted(d for d in member.days_off if not 0 <= d < days):
        yield f"{who} is off on day {day}; days run from 0 to {days - 1}"
    if not 0 <= member.min_minutes <= member.max_minutes:
        yield (
            f"{who}: minutes {member.min_minutes} to {member.max_minutes}; "
            "the minimum may not be negative or above the maximum"
        )
    if not 1 <= member.min_run <= member.max_run:
        yield (
            f"{who}: {member.min_run} to {member.max_run} shifts in a row; "
            "the minimum is at least 1 and not above the maximum"
        )
    limits = (member.min_off - 1, member.max_weekends, *member.max_shifts.values())
    if min(limits) < 0:
        yield f"{who}: days off in a row, weekends or shifts of a type; none may be negative"


def _of_wishes(problem: StationProblem, shifts: set[str]) -> Iterator[str]:
    members = {member.id for member in problem.members}
    last = problem.days - 1
    for each in problem.requests:
        who = f"request of {each.member} for {each.shift} on day {each.day}"
        if each.member not in members or each.shift not in shifts:
            yield f"{who}: there is no such member or shift type; add or drop it"
        if not 0 <= each.day <= last or each.weight < 0:
            yield f"{who}, weight {each.weight}: days run from 0 to {last}, weights from 0"
    for cover in problem.covers:
        what = f"cover of {cover.shift} on day {cover.day}"
        if cover.shift not in shifts or not 0 <= cover.day <= last:
            yield f"{what}: there is no such shift type or day (0 to {last}); add or drop it"
        if min(cover.required, cover.under, cover.over) < 0:
            yield f"{what}: required, under and over; none may be negative"
