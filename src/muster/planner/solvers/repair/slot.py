"""One slot of a repair, compiled: who could serve on a line in it, and for how much.

While only this slot changes, the rest of everybody's week stands still: who may serve, and what it
costs, is worked out once.
"""

from typing import NamedTuple

import numpy as np

from muster.kernel.compiling import compiled
from muster.planner.city.problem import NIGHT
from muster.planner.solvers.repair.job import Array, City, Job
from muster.planner.solvers.repair.shifts import FREE, NOTHING, away, fits, in_the_way, span

UNKNOWN = -1
ROOM = 1 << 21
"""Offers that are remembered."""


class Slot(NamedTuple):
    """`able` (P,): he serves in the slot, or may. `own` (P,) is what a shift costs him wherever it
    is, `before` and `after` (P,) are the lines that he serves on next to it, `stays` (P,) is what
    the shift costs that he serves now. ``person[a:b]`` and ``cost[a:b]`` are the offers for a line
    with a, b its `offers` (L, 2), `UNKNOWN` when it was not asked for yet; `used` (1,).
    """

    able: Array
    own: Array
    before: Array
    after: Array
    stays: Array
    person: Array
    cost: Array
    offers: Array
    used: Array


@compiled
def slot_of(job: Job, slot: int) -> Slot:
    """The slot as it stands."""
    city, state = job.city, job.state
    people, lines = state.plan.shape[0], state.present.shape[0]
    here = Slot(
        np.zeros(people, np.bool_), np.empty(people), np.empty(people, np.int32),
        np.empty(people, np.int32), np.empty(people), np.empty(ROOM, np.int32), np.empty(ROOM),
        np.full((lines, 2), UNKNOWN), np.zeros(1, np.int64),
    )  # fmt: skip
    # Arrays by name: handing over tuples of arrays in a loop costs more than the loop.
    plan, shifts, available, load = state.plan, state.shifts, city.available, city.load
    able, own, before, after, stays = here.able, here.own, here.before, here.after, here.stays
    xy, home, place, preference = city.xy, city.home, city.place, city.preference
    change, base, day, rest, most, _ = city.numbers
    for person in range(people):
        if not available[person, slot]:
            continue
        served = int(plan[person, slot] != FREE)
        if not served:
            if shifts[person] >= most or in_the_way(plan, person, slot, rest) != NOTHING:
                continue
            if slot % day == NIGHT and not fits(city, state, person, slot):
                continue
        able[person] = True
        week = shifts[person] - served
        own[person] = base + preference[person, slot % day] + load[week + 1] - load[week]
        before[person], after[person] = _beside(plan, person, slot)
        if served:
            line = plan[person, slot]
            x, y = (
                xy[home[person], 0] - xy[place[line], 0],
                xy[home[person], 1] - xy[place[line], 1],
            )
            changes = _changes(before[person], after[person], line)
            stays[person] = own[person] + np.sqrt(x * x + y * y) + changes * change
    return here


@compiled
def _beside(plan: Array, person: int, slot: int) -> tuple[int, int]:
    """The lines of the shifts before and after the slot."""
    before = after = FREE
    for at in range(slot - 1, -1, -1):
        if plan[person, at] != FREE:
            before = plan[person, at]
            break
    for at in range(slot + 1, plan.shape[1]):
        if plan[person, at] != FREE:
            after = plan[person, at]
            break
    return before, after


@compiled
def _changes(before: int, after: int, line: int) -> int:
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
def stay(city: City, here: Slot, person: int, line: int) -> None:
    """Note what it costs that he serves on `line`."""
    km = away(city, city.home[person], city.place[line])
    changes = _changes(here.before[person], here.after[person], line)
    here.stays[person] = here.own[person] + km + changes * city.numbers[0]


@compiled
def offers(job: Job, here: Slot, line: int) -> tuple[int, int]:
    """Where in `here` the offers for the line stand."""
    if here.offers[line, 0] == UNKNOWN:
        _list_offers(job, here, line)
    return here.offers[line, 0], here.offers[line, 1]


@compiled
def _list_offers(job: Job, here: Slot, line: int) -> None:
    city, near = job.city, job.near
    living, able, own, before, after = city.living, here.able, here.own, here.before, here.after
    who, cost, change = here.person, here.cost, city.numbers[0]
    role = city.role[line]
    start, end = span(job, line)
    count = here.used[0]
    if count + len(able) > len(who):  # begin anew
        here.offers[:] = UNKNOWN
        count = 0
    here.offers[line, 0] = count
    for i in range(start, end):
        home, km = near.home[i], near.km[i]
        for at in range(city.first[role, home], city.first[role, home + 1]):
            person = living[at]
            if able[person]:
                who[count] = person
                changes = _changes(before[person], after[person], line)
                cost[count] = own[person] + km + changes * change
                count += 1
    here.offers[line, 1] = here.used[0] = count
