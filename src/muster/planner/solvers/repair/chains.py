"""Chains of two moves, compiled: one leaves a shift for a cell, somebody free takes it over."""

import numpy as np

from muster.kernel.compiling import compiled
from muster.planner.solvers.repair.fills import NOBODY, cheapest
from muster.planner.solvers.repair.job import ASK, Array, Job
from muster.planner.solvers.repair.shifts import (
    FREE,
    NOTHING,
    extra,
    fits,
    in_the_way,
    put,
    saved,
    span,
    take,
)

INFINITE = 1e18
MOST_ASKED = 1000
"""Cells for which one chain looks for somebody free: its cheapest offers."""


@compiled
def _instead(job: Job, line: int, slot: int) -> float:
    """Least cost of doing without one person in the cell: somebody free instead, or short by one.

    The answer is remembered, and asked again when that person is taken.
    """
    city, state = job.city, job.state
    person = job.who[line, slot]
    if person >= 0 and not fits(city, state, person, slot):
        person = ASK
    if person == ASK:
        loss = saved(city, state.present[line, slot] - 1, line, slot)
        person, cost = cheapest(job, line, slot, loss)
        job.who[line, slot], job.price[line, slot] = person, cost
    found: float = job.price[line, slot]
    return found


@compiled
def _given_up(job: Job, person: int, cell: tuple[int, int], other: int) -> float:
    """Cost of the person's leaving his shift in `other` for `cell`; infinite where he may not."""
    city, state = job.city, job.state
    given = take(state, person, other)
    cost = INFINITE
    if fits(city, state, person, cell[1]):
        cost = extra(city, state, person, cell[0], cell[1])
        cost -= extra(city, state, person, given, other)
        if not state.told[person]:
            cost += job.charge
    state.plan[person, other] = given
    state.present[given, other] += 1
    state.shifts[person] += 1
    return cost


@compiled
def _offer(job: Job, person: int, cell: tuple[int, int], limit: float, count: int) -> int:
    """Append each shift that the person could leave for `cell` for less than `limit`."""
    state = job.state
    only = in_the_way(state.plan, person, cell[1], job.city.numbers[3])
    first, last = max(job.since, only), only + 1
    if only == NOTHING:  # his week or his nights are full: any shift less would do
        first, last = job.since, state.plan.shape[1]
    for other in range(first, last):
        given = state.plan[person, other]
        if given == FREE or (given == cell[0] and other == cell[1]) or count == len(job.costs):
            continue
        cost = _given_up(job, person, cell, other)
        if cost < limit:
            job.offers[count, 0], job.offers[count, 1], job.costs[count] = person, other, cost
            count += 1
    return count


@compiled
def _offers(job: Job, cell: tuple[int, int], limit: float) -> int:
    """Everybody who could leave one shift for `cell` for less than `limit`: person and slot given
    up into ``job.offers``, the cost into ``job.costs``; returns how many."""
    line, slot = cell
    city, state = job.city, job.state
    count = 0
    role, rest = city.role[line], city.numbers[3]
    plan, shifts, available, living = state.plan, state.shifts, city.available, city.living
    start, end = span(job, line)
    for i in range(start, end):
        home = job.near.home[i]
        for at in range(city.first[role, home], city.first[role, home + 1]):
            person = living[at]
            if shifts[person] == 0 or not available[person, slot]:
                continue
            only = in_the_way(plan, person, slot, rest)
            full = only == NOTHING and not fits(city, state, person, slot)
            if full or only >= job.since:
                count = _offer(job, person, cell, limit, count)
    return count


@compiled
def _best_chain(job: Job, cell: tuple[int, int], worth: float) -> tuple[int, int]:
    """Who should serve in `cell`, and in which slot he gives up a shift for it (-1: in none)."""
    best, limit = cheapest(job, cell[0], cell[1], worth)
    other, asked = -1, 0
    count = _offers(job, cell, limit)
    for offer in np.argsort(job.costs[:count]):
        if job.costs[offer] >= limit or asked > MOST_ASKED:
            break
        person, slot = job.offers[offer, 0], job.offers[offer, 1]
        given = job.state.plan[person, slot]
        asked += int(job.who[given, slot] == ASK)
        cost = job.costs[offer] + _instead(job, given, slot)
        if cost < limit:
            best, other, limit = person, slot, cost
    return best, other


@compiled
def chain(job: Job, cells: Array) -> Array:
    """Fill `cells` by somebody who gives up another shift.

    The shift given up is taken over by somebody free, or left short where that is cheaper. A chain
    is taken only if the total falls by more than the charge for each person told for its sake.

    Returns:
        (n,) whether it was filled.
    """
    state = job.state
    done = np.zeros(len(cells), dtype=np.bool_)
    for at in range(len(cells)):
        line, slot = cells[at]
        worth = saved(job.city, state.present[line, slot], line, slot)
        if worth <= 0:
            continue
        best, other = _best_chain(job, (line, slot), worth)
        if best == NOBODY:
            continue
        given, instead = FREE, NOBODY
        if other >= 0:
            given = take(state, best, other)
            instead = job.who[given, other]
            job.who[given, other] = ASK
        put(state, best, line, slot)
        if instead >= 0 and fits(job.city, state, instead, other):
            put(state, instead, given, other)
        job.who[line, slot] = ASK
        done[at] = True
    return done
