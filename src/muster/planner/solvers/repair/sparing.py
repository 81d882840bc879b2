"""Who need not be told after all, compiled: when a hole was filled, nobody knew whom others would
have to be told of.

Somebody who has to be told gets his week back as it was. Whoever stands in his place then goes;
what he would have done falls to those who have to be told anyway, or is left where that is cheaper.
"""

from typing import NamedTuple

import numpy as np

from muster.kernel.compiling import compiled
from muster.planner.solvers.repair.fills import NOBODY
from muster.planner.solvers.repair.job import Array, City, Job, State
from muster.planner.solvers.repair.paths import MOST_POSTS, find_path, go
from muster.planner.solvers.repair.shifts import FREE, away, fits, put, saved, seat, take, unseat
from muster.planner.solvers.repair.slot import see

ENOUGH = 1e-6
"""By how much the total must fall: sums of floats are not exact."""

LONGEST = 2 * (MOST_POSTS + 1)
"""Notes that one path takes, at most: each on it leaves a line and takes up another."""


class Before(NamedTuple):
    """The plan (P, T) before the first hole was filled, and who (P,) had to be told then."""

    kept: Array
    known: Array


@compiled
def _differ(job: Job, kept: Array, person: int) -> int:
    """In how many slots the person's week is another than it was."""
    count = 0
    for slot in range(job.since, kept.shape[1]):
        count += int(job.state.plan[person, slot] != kept[person, slot])
    return count


@compiled
def _in_his_place(job: Job, kept: Array, told: Array, line: int, slot: int) -> int:
    """Who of `told` is new in the cell: the one with the fewest changes, or `NOBODY`."""
    plan, found, least = job.state.plan, NOBODY, kept.shape[1] + 1
    for person in told:
        if plan[person, slot] == line and kept[person, slot] != line:
            changes = _differ(job, kept, person)
            if changes < least:
                found, least = int(person), changes
    return found


@compiled
def _give_back(job: Job, kept: Array, told: Array, person: int) -> bool:
    """Give the person his week back; can that be?"""
    state, first, last = job.state, job.since, kept.shape[1]
    for slot in range(first, last):
        now = state.plan[person, slot]
        if FREE != now != kept[person, slot]:
            take(state, person, slot)
    for slot in range(first, last):
        line = kept[person, slot]
        if line == FREE or state.plan[person, slot] == line:
            continue
        if state.present[line, slot] >= job.city.required[line, slot]:
            other = _in_his_place(job, kept, told, line, slot)
            if other == NOBODY:
                return False
            take(state, other, slot)
            see(job, other)
        if not fits(job.city, state, person, slot):
            return False
        put(state, person, line, slot)
    state.told[person] = False
    see(job, person)
    return True


@compiled
def _fill_behind(job: Job) -> None:
    """Fill the cells that were left so far, where that pays, as long as all can be undone."""
    state = job.state
    for at in range(state.logged[0]):
        if state.logged[0] + LONGEST > len(state.log):
            break
        _, slot, line, more = state.log[at]
        worth = saved(job.city, state.present[line, slot], line, slot)
        if more < 0 and worth > 0 and find_path(job, slot, line, worth):
            go(job, slot, line)


@compiled
def _week(city: City, state: State, person: int) -> float:
    """What the person's week costs."""
    change, base, day, _, _, _ = city.numbers
    cost: float = city.load[state.shifts[person]]
    before = FREE
    for slot in range(state.plan.shape[1]):
        line = state.plan[person, slot]
        if line == FREE:
            continue
        cost += base + city.preference[person, slot % day]
        cost += away(city, city.home[person], city.place[line])
        if FREE != before != line:
            cost += change
        before = line
    return cost


@compiled
def _short(city: City, state: State, line: int, slot: int) -> float:
    """What it costs that people are missing in the cell."""
    cost = 0.0
    for present in range(state.present[line, slot], city.required[line, slot]):
        cost += saved(city, present, line, slot)
    return cost


@compiled
def _cost(city: City, state: State, count: int) -> float:
    """What the people and cells of the first `count` moves cost now, each counted once."""
    cost, log = 0.0, state.log
    for at in range(count):
        person, cell = True, True
        for earlier in range(at):
            person = person and log[earlier, 0] != log[at, 0]
            cell = cell and (log[earlier, 1] != log[at, 1] or log[earlier, 2] != log[at, 2])
        if person:
            cost += _week(city, state, log[at, 0])
        if cell:
            cost += _short(city, state, log[at, 2], log[at, 1])
    return cost


@compiled
def _spared(job: Job, before: Before, count: int) -> int:
    """Whoever moved, and has his week as it was, need not be told; returns how many more than told
    before."""
    state, spared = job.state, 0
    for at in range(count):
        person = state.log[at, 0]
        told = before.known[person] or _differ(job, before.kept, person) > 0
        spared += int(state.told[person]) - int(told)
        state.told[person] = told
    return spared


@compiled
def _step(job: Job, at: int, more: int) -> None:
    """Do the move at `at` with `more` as it was, or undo it. Nobody is told of it."""
    state = job.state
    person, slot, line, _ = state.log[at]
    if more > 0:
        seat(state, person, line, slot)
    else:
        unseat(state, person, slot)
    see(job, person)


@compiled
def _undo(job: Job, count: int) -> None:
    """Undo the first `count` moves, the last first."""
    for at in range(count - 1, -1, -1):
        _step(job, at, -job.state.log[at, 3])


@compiled
def _redo(job: Job, count: int) -> None:
    for at in range(count):
        _step(job, at, job.state.log[at, 3])


@compiled
def _let_be(job: Job, before: Before, told: Array, person: int, charge: float) -> int:
    """Give the person his week back if that costs less than `charge` for each who then need not be
    told; returns how many those are."""
    state = job.state
    state.logged[0] = 0
    can = _give_back(job, before.kept, told, person)
    if can:
        _fill_behind(job)
    count = state.logged[0]
    cost = _cost(job.city, state, count)
    spared = 1 + _spared(job, before, count)
    _undo(job, count)
    cost -= _cost(job.city, state, count)
    if can and cost < charge * spared - ENOUGH:
        _redo(job, count)
        return spared
    _spared(job, before, count)
    return 0


@compiled
def _spare_each(job: Job, before: Before, told: Array, charge: float) -> int:
    """Try it with each of `told`; returns how many need not be told."""
    spared = 0
    for person in told:
        if job.state.told[person]:
            spared += _let_be(job, before, told, person, charge)
    return spared


def spare(job: Job, kept: Array, known: Array) -> int:
    """Leave out of a repair, after `look_ahead`, whom it can do without for less than the charge.

    Args:
        job: the repair.
        kept: (P, T), the plan as it was before the first hole was filled.
        known: (P,) who had to be told then.

    Returns:
        How many need not be told.
    """
    state = job.state
    different = (state.plan != kept).sum(axis=1)
    told = np.flatnonzero(state.told & ~known)
    told = told[np.argsort(different[told], kind="stable")]
    return int(_spare_each(job._replace(charge=np.inf), Before(kept, known), told, job.charge))
