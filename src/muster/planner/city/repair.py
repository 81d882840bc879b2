"""A new plan for what is left of the week when something happened, with as few changes as it takes.

First somebody free fills each hole, the dearest first, and nobody else moves. Then paths: one comes
over from the next post, another to that one, and so on within the slot, until somebody free takes
the last place, or a post can better do without. And chains: somebody leaves a shift of another
slot, and a path fills the place behind him. What they leave short is looked at again. Every person
who has to be told costs a visible charge, so that a move that hardly pays is not made.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

import numpy as np

from muster.planner.city.checker import Judgement
from muster.planner.city.constraints import capacity, week
from muster.planner.city.event import legal_part
from muster.planner.city.fitting import room
from muster.planner.city.problem import FREE, CityProblem, Lines, Whole
from muster.planner.city.solving import checked
from muster.planner.city.weeks import week_within, weeks

KERNEL = "muster.planner.solvers.repair"
EXACT = "muster.planner.solvers.city_exact"
CHARGE = 6.0
"""What telling one more person costs, in the currency of the plan."""
AFTERWARDS = 2
"""How often the holes that chains and paths leave behind are looked at again, at most."""


class Change(NamedTuple):
    """`person` in `slot`: on line `before`, then on line `after`; -1 is free."""

    person: int
    slot: int
    before: int
    after: int


@dataclass(frozen=True, slots=True, eq=False)
class Repaired:
    """The plan from the events on, and what is different in it."""

    assignment: Lines
    judgement: Judgement
    changes: tuple[Change, ...]
    told: int
    """How many people hear of a change; who only drops out himself knows it already."""
    dropped: int
    """Assignments that could not stay."""
    holes: int
    """People short in the cells to be filled, before the repair."""
    filled: int
    """By how many the people short of the required fell, over the whole week."""
    seconds: float
    """Without reading the compiled loops from disk, which a process does once."""

    @property
    def changed(self) -> int:
        """How many people have another week than before, those who drop out among them."""
        return len({change.person for change in self.changes})

    @property
    def moved(self) -> int:
        """Shifts given up that could have stayed."""
        return sum(change.before != FREE for change in self.changes) - self.dropped

    def to_json(self) -> dict[str, object]:
        """For machines."""
        return {
            **self.judgement.to_json(),
            "dropped": self.dropped,
            "holes": self.holes,
            "filled": self.filled,
            "told": self.told,
            "changed": self.changed,
            "moved": self.moved,
            "seconds": self.seconds,
            "changes": [list(change) for change in self.changes],
        }


class Fewest(NamedTuple):
    """A plan in which `changed` people have another week; no legal one as good has fewer than
    `least`."""

    assignment: Lines
    changed: int
    least: int


def repair(
    problem: CityProblem,
    plan: Lines,
    since: int,
    *,
    holes: Whole | None = None,
    chains: bool = True,
    charge: float = CHARGE,
    threads: int = 2,
) -> Repaired:
    """Mend `plan` from slot `since` on; what happened before stays.

    Args:
        problem: as it is after the events.
        plan: (P, T), the plan before the events.
        holes: (L, T) people to find for each cell; where nothing is given, all that are short.
        chains: may people who serve elsewhere be moved?

    Several weeks are mended one after the other, each beside those before and after it.

    Raises:
        PlanBroken: the plan would break a rule; a fault of ours, or of the past.
    """
    if problem.weeks > 1:
        return week_by_week(problem, plan, since, holes, _one(chains, charge, threads))
    kernel = _loaded()
    started = time.perf_counter()
    kept = what_stays(problem, plan, since)
    dropped = int(np.count_nonzero(kept != plan))
    present = capacity.present(problem, kept)
    short = np.maximum(problem.required - present, 0)
    wanted = short if holes is None else np.minimum(short, holes)
    wanted[:, :since] = 0
    city = kernel.city_arrays(problem)
    known = (kept != plan).any(axis=1)
    state = kernel.state_of(kept.copy(), present, week.shifts(problem, kept)[:, 0], known.copy())
    job = kernel.job_of(city, state, charge, since)
    if chains:
        _mend(problem, job, kernel, wanted, short - wanted, threads=threads)
        kernel.spare(job, kept, known)
    else:
        kernel.fill(job, by_worth(problem, wanted, present))
    seconds = time.perf_counter() - started
    after = np.maximum(problem.required - state.present, 0)
    changes = changes_of(plan, state.plan)
    return Repaired(
        assignment=state.plan,
        judgement=checked(problem, state.plan, since),
        changes=changes,
        told=told_of(problem, changes),
        dropped=dropped,
        holes=int(wanted.sum()),
        filled=int(short.sum() - after.sum()),
        seconds=seconds,
    )


@cache
def _loaded() -> Any:
    """The compiled loops. A process reads them from disk once, before the clock of its first
    repair runs."""
    kernel = import_module(KERNEL)
    kernel.load()
    return kernel


type Mend = Callable[[CityProblem, slice, Lines, int, Whole | None], Repaired]
"""Mends one week: the problem, its slots in the horizon, its plan, since when, its holes."""


def week_by_week(
    problem: CityProblem, plan: Lines, since: int, holes: Whole | None, mend: Mend
) -> Repaired:
    """Each week that is not past, mended; the sum of it all."""
    started = time.perf_counter()
    whole, done = plan.copy(), []
    for slots in weeks(problem):
        if slots.stop > since:
            week = week_within(problem, slots, whole)
            wanted = None if holes is None else holes[:, slots]
            done.append(mend(week, slots, whole[:, slots], max(0, since - slots.start), wanted))
            whole[:, slots] = done[-1].assignment
    changes = changes_of(plan, whole)
    return Repaired(
        assignment=whole,
        judgement=checked(problem, whole, since),
        changes=changes,
        told=told_of(problem, changes),
        dropped=sum(each.dropped for each in done),
        holes=sum(each.holes for each in done),
        filled=sum(each.filled for each in done),
        seconds=time.perf_counter() - started,
    )


def _one(chains: bool, charge: float, threads: int) -> Mend:
    def mend(
        week: CityProblem, slots: slice, plan: Lines, since: int, holes: Whole | None
    ) -> Repaired:
        return repair(week, plan, since, holes=holes, chains=chains, charge=charge, threads=threads)

    return mend


def fewest_changes(
    problem: CityProblem, plan: Lines, since: int, like: Lines, seconds: float = 60.0
) -> Fewest:
    """The fewest people whose week must differ from `plan` for people to be short at no more cost
    than in `like`: what a repair is measured against. Exact, so for some hundred people at most.

    Args:
        problem: as it is after the events.
        plan: (P, T), the plan before the events; slots before `since` stay.
        like: (P, T), a legal plan, such as a repair made.
        seconds: afterwards the best found, with the bound `least` below it.
    """
    found: Fewest = import_module(EXACT).fewest_changes(problem, plan, since, like, seconds)
    checked(problem, found.assignment, since)
    return found


def changes_of(before: Lines, after: Lines) -> tuple[Change, ...]:
    """Every cell in which two plans differ, by person and slot."""
    return tuple(
        Change(int(p), int(t), int(before[p, t]), int(after[p, t]))
        for p, t in np.argwhere(before != after)
    )


def told_of(problem: CityProblem, changes: tuple[Change, ...]) -> int:
    """People with a new shift, or without one that they would have been there for."""
    return len(
        {
            change.person
            for change in changes
            if change.after != FREE or problem.person_available[change.person, change.slot]
        }
    )


def _mend(
    problem: CityProblem, job: Any, kernel: Any, wanted: Whole, left: Whole, *, threads: int
) -> None:
    """Fill `wanted` (L, T): by somebody free, or by a path or a chain. What they leave behind is a
    hole of its own, and looked at once more; what is `left` short (L, T) is not."""
    state = job.state
    for again in range(1 + AFTERWARDS):
        cells = by_worth(problem, wanted, state.present)
        cells = cells[~kernel.fill(job, cells)]
        if not again:
            kernel.look_ahead(job, threads)
        cells = cells[~kernel.chain(job, cells)]
        np.add.at(left, tuple(cells.T), 1)  # in vain: not again
        short = np.maximum(problem.required - state.present, 0)
        short[:, : job.since] = 0
        wanted = np.maximum(short - left, 0)
        if not wanted.any():
            break


def by_worth(problem: CityProblem, wanted: Whole, present: Whole) -> Whole:
    """(n, 2) line and slot of each person wanted, worth most first."""
    line, slot = np.nonzero(wanted)
    times = wanted[line, slot]
    cells = np.repeat(np.column_stack([line, slot]), times, axis=0)
    nth = np.arange(len(cells)) - np.repeat(np.cumsum(times) - times, times)
    line, slot = cells[:, 0], cells[:, 1]
    below = present[line, slot] + nth < problem.minimum[line, slot]
    worth = problem.weight_required[line] + below * problem.weight_minimum[line]
    return cells[np.argsort(-worth, kind="stable")]


def what_stays(problem: CityProblem, plan: Lines, since: int) -> Lines:
    """`plan` without what may not stay, also where it broke a rule before the events."""
    kept, _ = legal_part(problem, plan, since)
    over = np.maximum(capacity.present(problem, kept) - problem.required, 0)
    for line, slot in np.argwhere(over[:, since:]):
        there = np.flatnonzero(kept[:, slot + since] == line)
        kept[there[-over[line, slot + since] :], slot + since] = FREE
    for person in _overworked(problem, kept):
        row = kept[person].copy()
        kept[person, since:] = FREE
        for slot in np.flatnonzero(row != FREE):
            if slot >= since and room(problem, kept[person : person + 1], int(slot))[0]:
                kept[person, slot] = row[slot]
    return kept


def _overworked(problem: CityProblem, plan: Lines) -> Whole:
    """People whose own week breaks a rule."""
    served = plan != FREE
    near = np.zeros(len(plan), dtype=bool)
    for apart in range(1, problem.rest_slots + 1):
        near |= (served[:, apart:] & served[:, :-apart]).any(axis=1)
    nights = np.cumsum(served[:, :: problem.slots_a_day], axis=1)
    most = problem.max_nights_in_a_row + 1
    first = np.zeros((len(plan), 1), dtype=nights.dtype)
    sums = np.concatenate([first, nights], axis=1)
    row = sums[:, most:] - sums[:, :-most] if sums.shape[1] > most else first
    return np.flatnonzero(
        near | (row == most).any(axis=1) | (served.sum(axis=1) > problem.max_shifts)
    )
