"""A plan seen slot by slot, compiled: who could serve in a slot, and what a line in it costs him.

While only one slot changes, the rest of everybody's week stands still: what is worked out here for
each person and slot holds until that person's own week changes.
"""

import numpy as np

from muster.kernel.compiling import compiled
from muster.planner.city.problem import NIGHT
from muster.planner.solvers.repair.job import Array, Job
from muster.planner.solvers.repair.shifts import FREE, NOTHING, away, fits, in_the_way


@compiled
def changed(before: int, after: int, line: int) -> int:
    """How many more changes of line a shift on `line` makes between two others."""
    changes = 0
    if before != FREE:
        changes += int(before != line)
    if after != FREE:
        changes += int(after != line)
        if before != FREE:
            changes -= int(before != after)
    return changes


@compiled
def _see_before(plan: Array, person: int, first: int, before: Array) -> None:
    beside = np.int32(FREE)
    for slot in range(plan.shape[1]):
        if slot >= first:
            before[slot, person] = beside
        if plan[person, slot] != FREE:
            beside = plan[person, slot]


@compiled
def see(job: Job, person: int) -> None:
    """Work out the person's part of ``job.slots`` anew, his week having changed."""
    # Arrays by name: handing over tuples of arrays in a loop costs more than the loop.
    city, state, slots = job.city, job.state, job.slots
    plan, load, preference = state.plan, city.load, city.preference
    able, now, before, after = slots.able, slots.now, slots.before, slots.after
    change, base, day, rest, most, _ = city.numbers
    first, last = job.since, plan.shape[1]
    _see_before(plan, person, first, before)
    beside = np.int32(FREE)
    for slot in range(last - 1, first - 1, -1):
        line, week = plan[person, slot], state.shifts[person]
        now[slot, person], after[slot, person] = line, beside
        able[slot, person] = city.available[person, slot]
        if line != FREE:
            beside = line
            week -= 1
        elif able[slot, person]:  # the commonest reasons first, without a call
            able[slot, person] = (
                week < most
                and in_the_way(plan, person, slot, rest) == NOTHING
                and (slot % day != NIGHT or fits(city, state, person, slot))
            )
        if not able[slot, person]:
            continue
        own = base + preference[person, slot % day] + load[week + 1] - load[week]
        slots.own[slot, person] = own
        if line != FREE:
            km = away(city, city.home[person], city.place[line])
            changes = changed(before[slot, person], after[slot, person], line)
            slots.stays[slot, person] = own + km + changes * change
    slots.gain[person] = _gain(plan, person, first, slots.stays, slots.far)


@compiled
def _gain(plan: Array, person: int, first: int, stays: Array, far: Array) -> float:
    most = -np.inf
    for slot in range(first, plan.shape[1]):
        line = plan[person, slot]
        if line != FREE:
            most = max(most, stays[slot, person] - far[slot, line])
    return most


@compiled
def see_all(job: Job) -> None:
    """Work out all of ``job.slots`` but ``far``, which `gain` takes as it is."""
    for person in range(job.state.plan.shape[0]):
        see(job, person)


@compiled
def see_gains(job: Job) -> None:
    """Work out ``job.slots.gain``, ``far`` having come near again."""
    plan, slots = job.state.plan, job.slots
    for person in range(plan.shape[0]):
        slots.gain[person] = _gain(plan, person, job.since, slots.stays, slots.far)
