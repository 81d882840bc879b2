"""Direct fills, compiled: somebody free stands in, and nobody else moves."""

import numpy as np

from muster.kernel.compiling import compiled
from muster.planner.solvers.repair.job import Array, Job
from muster.planner.solvers.repair.shifts import (
    NOTHING,
    extra,
    fits,
    in_the_way,
    put,
    saved,
    span,
)
from muster.planner.solvers.repair.slot import see

NOBODY = -1


@compiled
def cheapest(job: Job, line: int, slot: int, limit: float) -> tuple[int, float]:
    """Who would serve in the cell for the least below `limit`, and for how much."""
    city, state = job.city, job.state
    best, best_cost = NOBODY, limit
    _, base, _, rest, most, _ = city.numbers
    role = city.role[line]
    plan, shifts, available, living = state.plan, state.shifts, city.available, city.living
    start, end = span(job, line)
    for i in range(start, end):
        home = job.near.home[i]
        if job.near.km[i] + base >= best_cost:
            break
        for at in range(city.first[role, home], city.first[role, home + 1]):
            person = living[at]
            if shifts[person] >= most or not available[person, slot]:
                continue  # the commonest reasons first, without a call: see `in_the_way`
            if in_the_way(plan, person, slot, rest) != NOTHING or not fits(
                city, state, person, slot
            ):
                continue
            cost = extra(city, state, person, line, slot)
            if not state.told[person]:
                cost += job.charge
            if cost < best_cost:
                best, best_cost = person, cost
    return best, best_cost


@compiled
def fill(job: Job, cells: Array) -> Array:
    """Fill `cells` (n, 2: line, slot), one person each, in their order, moving nobody.

    Returns:
        (n,) whether it was filled.
    """
    done = np.zeros(len(cells), dtype=np.bool_)
    for at in range(len(cells)):
        line, slot = cells[at]
        worth = saved(job.city, job.state.present[line, slot], line, slot)
        if worth <= 0:
            continue
        person, _ = cheapest(job, line, slot, worth)
        if person != NOBODY:
            put(job.state, person, line, slot)
            see(job, person)
            done[at] = True
    return done
