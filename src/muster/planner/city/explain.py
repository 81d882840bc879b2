"""Why a post is short, what one change would fill it, and why somebody was sent where."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

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
BEFORE_WORTH = BARS.index("here") + 1
"""Bars beside the public format are asked here."""
THOUGHT_OF = 20
"""People for each bar, the nearest first, of whom it is asked whether they would be a remedy."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """The nearest single change that would fill a post, with the person who would come."""

    change: str
    """One of `BARS`: the bar to be lifted."""
    person: int
    km: float
    gives_up: tuple[int, int] | None = None
    """The line and slot of the one shift that the person would have to give up."""


def _always(remedy: Remedy) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Beside:
    """What keeps people away beside the public format. `bars`: by name, (n,) of the role's holders
    by number. `lifted`: those of the bars that one change could lift. `works`: whether a remedy of
    the public format keeps what is beside it."""

    bars: dict[str, Flags] = field(default_factory=dict)
    lifted: frozenset[str] = frozenset()
    works: Callable[[Remedy], bool] = _always


NOTHING = Beside()


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


def explain_post(
    problem: CityProblem, assignment: Lines, line: int, slot: int, beside: Beside = NOTHING
) -> PostExplained:
    """Why (`line`, `slot`) has no more people than it has.

    Raises:
        NotInProblem: there is no such line or slot, or nobody is wanted there.
    """
    people = holders(problem, line, slot)
    names = (*BARS[:BEFORE_WORTH], *beside.bars, *BARS[BEFORE_WORTH:])
    bar = _bars(problem, assignment, people, (line, slot), beside)
    asked = _Asked(problem, assignment, people, bar, names, line, slot, beside)
    counts = np.bincount(bar, minlength=len(names))
    return PostExplained(
        line,
        slot,
        int(problem.required[line, slot]),
        int(problem.minimum[line, slot]),
        tuple(np.flatnonzero(assignment[:, slot] == line).tolist()),
        {name: int(n) for name, n in zip(names, counts, strict=True) if n},
        tuple(sorted(asked.remedies(), key=_nearest)),
    )


def holders(problem: CityProblem, line: int, slot: int) -> Whole:
    """(n,) who holds the role of `line`. Raises `NotInProblem`."""
    if not (0 <= line < problem.lines and 0 <= slot < problem.slots):
        reason = f"lines run to {problem.lines - 1}, slots to {problem.slots - 1}"
        raise NotInProblem(reason=reason)
    if not problem.required[line, slot]:
        raise NotInProblem(reason=f"line {line} wants nobody in slot {slot}")
    every = np.arange(problem.people)
    found: Whole = every[role.allows(problem, every, np.full(problem.people, line))]
    return found


def explain_person(
    problem: CityProblem, assignment: Lines, person: int, kept_from: Flags | None = None
) -> tuple[ShiftExplained, ...]:
    """Each shift of `person`, and the best other thing in its slot.

    Args:
        kept_from: (L, T) where he may not serve beside the public format.

    Raises:
        NotInProblem: there is no such person.
    """
    if not 0 <= person < problem.people:
        raise NotInProblem(reason=f"people run from 0 to {problem.people - 1}")
    present = capacity.present(problem, assignment)
    row = assignment[person]
    slots = np.flatnonzero(row != FREE)
    if kept_from is None:
        kept_from = np.zeros((problem.lines, problem.slots), np.bool_)
    return tuple(
        _shift(problem, present, row, (person, int(slot)), kept_from[:, slot]) for slot in slots
    )


def _nearest(remedy: Remedy) -> float:
    return remedy.km


def _bars(
    problem: CityProblem, assignment: Lines, people: Whole, at: tuple[int, int], beside: Beside
) -> Whole:
    """(n,) index in `BARS`, with those beside them, of what keeps each of `people` away first
    from the line and slot `at`."""
    line, slot = at
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
        *beside.bars.values(),
        dearer,
        serving,
        resting(problem, rows, slot),
        nights_full(problem, rows, slot),
        week_full(problem, rows, slot),
        _cost(problem, people, line, slot) >= here,
    )
    found = np.select(checks, range(len(checks)), default=len(checks))
    return np.asarray(found)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A post, and the `bar` of each of `people`, an index in `names`."""

    problem: CityProblem
    assignment: Lines
    people: Whole
    bar: Whole
    names: tuple[str, ...]
    line: int
    slot: int
    beside: Beside

    def remedies(self) -> Iterator[Remedy]:
        """Lifting one bar must be enough: rest, week and nights leave room, or one shift makes
        it."""
        km = self.problem.distance(self.people, np.full(len(self.people), self.line))
        for name, enough in self._lifted(km).items():
            yield from self._first(name, enough, km, giving=False)
        for name in ("dearer_post", "cheaper_post", "resting", "nights", "week_full"):
            yield from self._first(name, np.ones(len(km), np.bool_), km, giving=True)

    def _lifted(self, km: Reals) -> dict[str, Flags]:
        """By the bar that is lifted, (n,) for whom nothing else is in the way."""
        problem, slot = self.problem, self.slot
        rows = self.assignment[self.people]
        radius_km = problem.role_radius_km[problem.line_role[self.line]]
        fits = room(problem, rows, slot) & (rows[:, slot] == FREE)
        at = np.full(len(self.people), slot)
        ready = fits & availability.allows(problem, self.people, at)
        entered = problem.compound_status[problem.line_place[self.line]] != SEALED
        return {
            "home_sealed": ready & (km <= radius_km) & entered,
            "place_sealed": ready & (km <= radius_km),
            "out_of_reach": ready,
            "unavailable": fits,
            **dict.fromkeys(self.beside.lifted, ready),
            "too_dear": ready,
            "free": ready,
        }

    def _first(self, name: str, enough: Flags, km: Reals, *, giving: bool) -> Iterator[Remedy]:
        """The nearest for whom lifting the bar would do, if there is one."""
        at = np.flatnonzero((self.bar == self.names.index(name)) & enough)
        for who in at[np.argsort(km[at], kind="stable")][:THOUGHT_OF]:
            person = int(self.people[who])
            given = None
            if giving:
                given = _gives_up(self.problem, self.assignment[person], self.slot)
                if given is None:
                    continue
            remedy = Remedy(name, person, float(km[who]), given)
            if self.beside.works(remedy):
                yield remedy
                return


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
    problem: CityProblem, present: Whole, row: Lines, at: tuple[int, int], kept_from: Flags
) -> ShiftExplained:
    person, slot = at
    line = int(row[slot])
    before = row[:slot][row[:slot] != FREE]
    lines = np.arange(problem.lines)
    people = np.full(problem.lines, person)
    allowed = (
        may_stand(problem, people, lines)
        & (problem.required[:, slot] > present[:, slot])
        & (lines != line)
        & ~kept_from
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
