"""Chains, compiled: one leaves a shift for a cell, and others close ranks where he was.

A hole is filled by a path within its slot, or by somebody who gives up a shift in another slot; the
post that he leaves is filled by a path within that slot, or left short where that is cheaper.
"""

import numpy as np

from muster.kernel.compiling import compiled
from muster.planner.solvers.repair.job import Array, Job
from muster.planner.solvers.repair.paths import find_path, go
from muster.planner.solvers.repair.shifts import (
    FREE,
    NOTHING,
    SEVERAL,
    extra,
    fits,
    in_the_way,
    put,
    saved,
    seat,
    span,
    take,
    unseat,
)
from muster.planner.solvers.repair.slot import see

ENOUGH = 1e-3
"""By how much the total must fall: what a slot remembers is rounded."""
MOST_BEHIND = 20
"""Posts that the search for who fills the place behind opens at most."""


@compiled
def _given_up(job: Job, person: int, cell: tuple[int, int], other: int) -> float:
    """Cost of the person's leaving his shift in `other` for `cell`; infinite where he may not."""
    city, state = job.city, job.state
    given = unseat(state, person, other)
    cost = np.inf
    if fits(city, state, person, cell[1]):
        cost = extra(city, state, person, cell[0], cell[1])
        cost -= extra(city, state, person, given, other)
        if not state.told[person]:
            cost += job.charge
    seat(state, person, given, other)
    return cost


@compiled
def _one_of(plan: Array, person: int, slot: int, rest: int) -> tuple[int, int]:
    """The slots, first and last plus one, of which any must be given up for `slot`: the one that is
    too near; none of several; all where nothing is too near, since his week or nights are full."""
    near = in_the_way(plan, person, slot, rest)
    if near == NOTHING:
        return 0, plan.shape[1]
    return (0, 0) if near == SEVERAL else (near, near + 1)


@compiled
def _offers(job: Job, cell: tuple[int, int], limit: float) -> int:
    """Everybody who could leave one shift for `cell`, so that it costs about less than `limit` with
    the path behind him: person and slot given up into ``job.offers``, the cost into ``job.costs``;
    returns how many."""
    # Arrays by name: handing over tuples of arrays in a loop costs more than the loop.
    line, slot = cell
    city, near, state, slots = job.city, job.near, job.state, job.slots
    plan, shifts, told, load = state.plan, state.shifts, state.told, city.load
    living, preference = city.living, city.preference
    able, now, stays, far = slots.able[slot], slots.now[slot], slots.stays, slots.far
    gain, (change, base, day, rest, _, _) = slots.gain, city.numbers
    role, room, count = city.role[line], len(job.costs), 0
    short = limit + change - base + ENOUGH
    start, end = span(job, line)
    for i in range(start, end):
        home, km = near.home[i], near.km[i]
        for at in range(city.first[role, home], city.first[role, home + 1]):
            person = living[at]
            if km - gain[person] >= short or able[person] or now[person] != FREE:
                continue  # too little is saved; paths see whoever is free, or serves in the slot
            week = shifts[person]
            first, last = _one_of(plan, person, slot, rest)
            least = base + km + preference[person, slot % day] + load[week] - load[week - 1]
            least -= change  # at best
            if not told[person]:
                least += job.charge
            for other in range(max(first, job.since), last):
                given = plan[person, other]
                if given == FREE or count == room:
                    continue
                if least - stays[other, person] + far[other, given] < limit:
                    cost = _given_up(job, person, cell, other) + far[other, given]
                    job.offers[count, 0], job.offers[count, 1] = person, other
                    job.costs[count] = cost
                    count += int(cost < limit)
    return count


@compiled
def _take_up(job: Job, cell: tuple[int, int], person: int, other: int, limit: float) -> bool:
    """Have the person leave his shift in `other` for the cell, and fill the post behind him, if
    that costs less than `limit` in all; else leave everything as it was."""
    city, state = job.city, job.state
    line, slot = cell
    left = limit - _given_up(job, person, cell, other)
    told = state.told[person]
    given = take(state, person, other)
    put(state, person, line, slot)
    see(job, person)
    short = saved(city, state.present[given, other], given, other)
    if find_path(job, other, given, min(short, left), MOST_BEHIND):
        go(job, other, given)
        return True
    if short < left:
        return True
    take(state, person, slot)
    put(state, person, given, other)
    state.told[person] = told
    see(job, person)
    return False


@compiled
def _fill_one(job: Job, line: int, slot: int) -> bool:
    """Fill one person in the cell in the cheapest way found, if that is worth it."""
    worth = saved(job.city, job.state.present[line, slot], line, slot) - ENOUGH
    if worth <= 0:
        return False
    within = find_path(job, slot, line, worth)
    limit = job.way.found[2]
    count = _offers(job, (line, slot), limit)
    if count:  # the best only: it is an estimate what the place behind costs, and seldom far off
        person, other = job.offers[np.argmin(job.costs[:count])]
        if _take_up(job, (line, slot), person, other, limit):
            return True
        within = within and find_path(job, slot, line, worth)  # the try has used the scratch
    if within:
        go(job, slot, line)
    return within


@compiled
def _fill_all(job: Job, cells: Array, done: Array) -> None:
    for at in range(len(cells)):
        done[at] = _fill_one(job, cells[at, 0], cells[at, 1])


def chain(job: Job, cells: Array) -> Array:
    """Fill `cells` (n, 2: line, slot), one person each, in their order, by paths and chains. One is
    taken only if the total falls by more than the charge for each person told for its sake.
    It reads what `look_ahead` saw, and keeps it up to date.

    Returns:
        (n,) whether it was filled.
    """
    done = np.zeros(len(cells), dtype=np.bool_)
    _fill_all(job, cells, done)
    return done
