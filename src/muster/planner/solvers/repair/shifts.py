"""Where somebody may serve and what a shift costs, compiled: distance, rest, week, nights.

All costs are those of the checker, so that a move is taken only when the total falls.
"""

import numpy as np

from muster.kernel.compiling import compiled
from muster.planner.city.problem import NIGHT, OPEN, SEALED
from muster.planner.solvers.repair.job import Array, City, Job, State

FREE = -1
NOTHING, SEVERAL = -1, -3
"""What stands in somebody's way in a slot, when it is not one shift."""


@compiled
def away(city: City, one: int, other: int) -> float:
    """km between two compounds."""
    dx = city.xy[one, 0] - city.xy[other, 0]
    dy = city.xy[one, 1] - city.xy[other, 1]
    away: float = np.sqrt(dx * dx + dy * dy)
    return away


@compiled
def _list_near(job: Job, place: int) -> None:
    """List the homes from which anybody may come to `place`, his role apart."""
    city, near = job.city, job.near
    count = 0
    km = np.empty(len(city.status))
    homes = np.empty(len(city.status), np.int32)
    widest = city.radius.max()
    for home in range(len(city.status)):
        far = away(city, home, place)
        open_ = city.status[home] == OPEN and city.status[place] != SEALED and far <= widest
        if home == place or open_:
            km[count], homes[count] = far, home
            count += 1
    if near.used[0] + count > len(near.home):
        near.span[:] = -1
        near.used[0] = 0
    start = near.used[0]
    order = np.argsort(km[:count])
    near.home[start : start + count] = homes[order]
    near.km[start : start + count] = km[order]
    near.span[place, 0], near.span[place, 1] = start, start + count
    near.used[0] += count


@compiled
def span(job: Job, line: int) -> tuple[int, int]:
    """Where the homes from which people may come to `line` stand in ``job.near``."""
    place = job.city.place[line]
    if job.near.span[place, 0] < 0:
        _list_near(job, place)
    start, end = job.near.span[place]
    radius = job.city.radius[job.city.role[line]]
    return start, start + np.searchsorted(job.near.km[start:end], radius, side="right")


@compiled
def _nights(city: City, row: Array, slot: int) -> int:
    """Nights in a row that a night in `slot` would make."""
    day = city.numbers[2]
    run = 1
    at = slot - day
    while at >= 0 and row[at] != FREE:
        run += 1
        at -= day
    at = slot + day
    while at < len(row) and row[at] != FREE:
        run += 1
        at += day
    return run


@compiled
def in_the_way(plan: Array, person: int, slot: int, rest: int) -> int:
    """The slot of the one shift so near to `slot` that rest would be missing, or `NOTHING`, or
    `SEVERAL`. It takes no tuple: handing over tuples of arrays costs more than the loop."""
    found = NOTHING
    for at in range(max(0, slot - rest), min(plan.shape[1], slot + rest + 1)):
        if plan[person, at] != FREE:
            if found >= 0:
                return SEVERAL
            found = at
    return found


@compiled
def fits(city: City, state: State, person: int, slot: int) -> bool:
    """Is the person free and available, with rest, week and nights left for it?"""
    _, _, day, rest, most, nights = city.numbers
    if state.shifts[person] >= most or not city.available[person, slot]:
        return False
    if in_the_way(state.plan, person, slot, rest) != NOTHING:
        return False
    return slot % day != NIGHT or _nights(city, state.plan[person], slot) <= nights


@compiled
def extra(city: City, state: State, person: int, line: int, slot: int) -> float:
    """Cost of one more shift, without what it mends."""
    change, base, day, _, _, _ = city.numbers
    row = state.plan[person]
    before = after = np.int32(FREE)
    for at in range(slot - 1, -1, -1):
        if row[at] != FREE:
            before = row[at]
            break
    for at in range(slot + 1, len(row)):
        if row[at] != FREE:
            after = row[at]
            break
    changes = 0
    if before != FREE:  # one comparison each: the compiler takes no tuple of two types
        changes += int(before != line)
    if after != FREE:
        changes += int(after != line)
        if before != FREE:
            changes -= int(before != after)
    shifts = state.shifts[person]
    total: float = (
        away(city, city.home[person], city.place[line])
        + base
        + city.preference[person, slot % day]
        + city.load[shifts + 1]
        - city.load[shifts]
        + changes * change
    )
    return total


@compiled
def saved(city: City, present: int, line: int, slot: int) -> float:
    """What one more person in the cell saves when `present` are there."""
    worth = 0.0
    if present < city.required[line, slot]:
        worth += city.weight_required[line]
    if present < city.minimum[line, slot]:
        worth += city.weight_minimum[line]
    return worth


@compiled
def _note(state: State, person: int, slot: int, line: int, more: int) -> None:
    at = state.logged[0]
    if at < len(state.log):
        log = state.log[at]
        log[0], log[1], log[2], log[3] = person, slot, line, more
    state.logged[0] = at + 1


@compiled
def seat(state: State, person: int, line: int, slot: int) -> None:
    """Put somebody there whom nobody tells, for a look."""
    state.plan[person, slot] = line
    state.present[line, slot] += 1
    state.shifts[person] += 1


@compiled
def unseat(state: State, person: int, slot: int) -> int:
    """The inverse of `seat`; returns the line."""
    line: int = state.plan[person, slot]
    state.plan[person, slot] = FREE
    state.present[line, slot] -= 1
    state.shifts[person] -= 1
    return line


@compiled
def put(state: State, person: int, line: int, slot: int) -> None:
    seat(state, person, line, slot)
    state.told[person] = True
    _note(state, person, slot, line, 1)


@compiled
def take(state: State, person: int, slot: int) -> int:
    line: int = unseat(state, person, slot)
    _note(state, person, slot, line, -1)
    return line
