"""The loops of a city's repair, compiled: direct fills and chains of two moves.

`City` holds the problem as arrays, `State` the plan as it changes. A *cell* is a line in a slot.
All costs are those of the checker, so that a move is taken only when the total falls.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from muster.planner.city.problem import NIGHT, OPEN, SEALED, CityProblem
from muster.planner.solvers.compiling import compiled

FREE = -1
NOBODY = -1
MOST_ASKED = 1000
"""Cells for which one chain looks for somebody free: its cheapest offers."""
NEAR_ROOM = 1 << 22
ASK = -2
"""The memory of a cell does not know yet."""
NOTHING, SEVERAL = -1, -3
"""What stands in somebody's way in a slot, when it is not one shift."""
INFINITE = 1e18

type Array = NDArray[Any]


class City(NamedTuple):
    """The problem, and who of which role lives in which compound: role r in compound c
    ``living[first[r, c]:first[r, c + 1]]``."""

    xy: Array
    status: Array
    home: Array
    roles: Array
    available: Array
    preference: Array
    place: Array
    role: Array
    required: Array
    minimum: Array
    weight_minimum: Array
    weight_required: Array
    radius: Array
    load: Array
    living: Array
    first: Array
    numbers: tuple[float, float, int, int, int, int]
    """Change cost, base travel, slots a day, rest slots, shifts a week, nights in a row."""


class State(NamedTuple):
    """A plan as it changes."""

    plan: Array
    """(P, T) int32."""
    present: Array
    """(L, T) people on the line."""
    shifts: Array
    """(P,) shifts of the week."""
    told: Array
    """(P,) must be told of a change anyway."""


class Near(NamedTuple):
    """From where people may come to a place, the nearest home first: ``home[a:b]`` and ``km[a:b]``
    with a, b the `span` (C, 2) of the place, -1 when it was not asked for yet; `used` (1,)."""

    home: Array
    km: Array
    span: Array
    used: Array


class Job(NamedTuple):
    """A repair under way. `charge` is the cost of telling one more person; shifts before slot
    `since` stay. `who` and `price` (L, T) remember the least cost of doing without one person in
    a cell: `who` is free instead, `NOBODY`, or `ASK`. `offers` (any, 2) and `costs` are scratch."""

    city: City
    state: State
    charge: float
    since: int
    who: Array
    price: Array
    offers: Array
    costs: Array
    near: Near


def job_of(city: City, state: State, charge: float, since: int) -> Job:
    """A repair of which nothing is done yet."""
    room = min(len(state.told) * 4, 1 << 17)
    return Job(
        city, state, charge, since,
        np.full(state.present.shape, ASK, np.int32), np.zeros(state.present.shape),
        np.empty((room, 2), np.int64), np.empty(room), _near_of(len(city.status)),
    )  # fmt: skip


def _near_of(compounds: int) -> Near:
    """Room for some thousand places; when it is full, it begins anew."""
    room = max(compounds, min(compounds * compounds, NEAR_ROOM))
    return Near(
        np.empty(room, np.int32), np.empty(room), np.full((compounds, 2), -1), np.zeros(1, np.int64)
    )


def city_arrays(problem: CityProblem) -> City:
    """`problem` as the kernels read it."""
    living, first = _living(problem)
    return City(
        problem.compound_xy, problem.compound_status, problem.person_home, problem.person_roles,
        problem.person_available, problem.person_preference, problem.line_place,
        problem.line_role, problem.required, problem.minimum, problem.weight_minimum,
        problem.weight_required, problem.role_radius_km, problem.load_cost, living,
        first,
        (
            float(problem.change_cost), float(problem.base_travel_km), int(problem.slots_a_day),
            int(problem.rest_slots), int(problem.max_shifts), int(problem.max_nights_in_a_row),
        ),
    )  # fmt: skip


def _living(problem: CityProblem) -> tuple[Array, Array]:
    """``living`` and ``first`` of a `City`."""
    order = np.argsort(problem.person_home, kind="stable").astype(np.int32)
    homes, held = problem.person_home[order], problem.person_roles[order].astype(np.int64)
    first = np.zeros((problem.roles, problem.compounds + 1), np.int64)
    living, count = [], 0
    for role in range(problem.roles):
        able = held >> role & 1 == 1
        first[role] = count + np.searchsorted(homes[able], np.arange(problem.compounds + 1))
        living.append(order[able])
        count += len(living[-1])
    return np.concatenate([*living, np.empty(0, np.int32)]), first


@compiled
def _away(city: City, one: int, other: int) -> float:
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
        far = _away(city, home, place)
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
def _span(job: Job, line: int) -> tuple[int, int]:
    """Where the homes from which people may come to `line` stand in ``job.near``."""
    place = job.city.place[line]
    if job.near.span[place, 0] < 0:
        _list_near(job, place)
    start, end = job.near.span[place]
    radius = job.city.radius[job.city.role[line]]
    while end > start + 1 and job.near.km[end - 1] > radius and job.near.home[end - 1] != place:
        end -= 1
    return start, end


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
def _in_the_way(plan: Array, person: int, slot: int, rest: int) -> int:
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
def _fits(city: City, state: State, person: int, slot: int) -> bool:
    """Is the person free and available, with rest, week and nights left for it?"""
    _, _, day, rest, most, nights = city.numbers
    if state.shifts[person] >= most or not city.available[person, slot]:
        return False
    if _in_the_way(state.plan, person, slot, rest) != NOTHING:
        return False
    return slot % day != NIGHT or _nights(city, state.plan[person], slot) <= nights


@compiled
def _extra(city: City, state: State, person: int, line: int, slot: int) -> float:
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
        _away(city, city.home[person], city.place[line])
        + base
        + city.preference[person, slot % day]
        + city.load[shifts + 1]
        - city.load[shifts]
        + changes * change
    )
    return total


@compiled
def _worth(city: City, present: int, line: int, slot: int) -> float:
    """What one more person in the cell saves when `present` are there."""
    worth = 0.0
    if present < city.required[line, slot]:
        worth += city.weight_required[line]
    if present < city.minimum[line, slot]:
        worth += city.weight_minimum[line]
    return worth


@compiled
def _put(state: State, person: int, line: int, slot: int) -> None:
    state.plan[person, slot] = line
    state.present[line, slot] += 1
    state.shifts[person] += 1
    state.told[person] = True


@compiled
def _take(state: State, person: int, slot: int) -> int:
    line: int = state.plan[person, slot]
    state.plan[person, slot] = FREE
    state.present[line, slot] -= 1
    state.shifts[person] -= 1
    return line


@compiled
def _cheapest(job: Job, line: int, slot: int, limit: float) -> tuple[int, float]:
    """Who would serve in the cell for the least below `limit`, and for how much."""
    city, state = job.city, job.state
    best, best_cost = NOBODY, limit
    _, base, _, rest, most, _ = city.numbers
    role = city.role[line]
    plan, shifts, available, living = state.plan, state.shifts, city.available, city.living
    start, end = _span(job, line)
    for i in range(start, end):
        home = job.near.home[i]
        if job.near.km[i] + base >= best_cost:
            break
        for at in range(city.first[role, home], city.first[role, home + 1]):
            person = living[at]
            if shifts[person] >= most or not available[person, slot]:
                continue  # the commonest reasons first, without a call: see `_in_the_way`
            if _in_the_way(plan, person, slot, rest) != NOTHING or not _fits(
                city, state, person, slot
            ):
                continue
            cost = _extra(city, state, person, line, slot)
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
        worth = _worth(job.city, job.state.present[line, slot], line, slot)
        if worth <= 0:
            continue
        person, _ = _cheapest(job, line, slot, worth)
        if person != NOBODY:
            _put(job.state, person, line, slot)
            done[at] = True
    return done


@compiled
def _instead(job: Job, line: int, slot: int) -> float:
    """Least cost of doing without one person in the cell: somebody free instead, or short by one.

    The answer is remembered, and asked again when that person is taken.
    """
    city, state = job.city, job.state
    person = job.who[line, slot]
    if person >= 0 and not _fits(city, state, person, slot):
        person = ASK
    if person == ASK:
        loss = _worth(city, state.present[line, slot] - 1, line, slot)
        person, cost = _cheapest(job, line, slot, loss)
        job.who[line, slot], job.price[line, slot] = person, cost
    found: float = job.price[line, slot]
    return found


@compiled
def _given_up(job: Job, person: int, cell: tuple[int, int], other: int) -> float:
    """Cost of the person's leaving his shift in `other` for `cell`; infinite where he may not."""
    city, state = job.city, job.state
    given = _take(state, person, other)
    cost = INFINITE
    if _fits(city, state, person, cell[1]):
        cost = _extra(city, state, person, cell[0], cell[1])
        cost -= _extra(city, state, person, given, other)
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
    only = _in_the_way(state.plan, person, cell[1], job.city.numbers[3])
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
    start, end = _span(job, line)
    for i in range(start, end):
        home = job.near.home[i]
        for at in range(city.first[role, home], city.first[role, home + 1]):
            person = living[at]
            if shifts[person] == 0 or not available[person, slot]:
                continue
            only = _in_the_way(plan, person, slot, rest)
            full = only == NOTHING and not _fits(city, state, person, slot)
            if full or only >= job.since:
                count = _offer(job, person, cell, limit, count)
    return count


@compiled
def _best_chain(job: Job, cell: tuple[int, int], worth: float) -> tuple[int, int]:
    """Who should serve in `cell`, and in which slot he gives up a shift for it (-1: in none)."""
    best, limit = _cheapest(job, cell[0], cell[1], worth)
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
        worth = _worth(job.city, state.present[line, slot], line, slot)
        if worth <= 0:
            continue
        best, other = _best_chain(job, (line, slot), worth)
        if best == NOBODY:
            continue
        given, instead = FREE, NOBODY
        if other >= 0:
            given = _take(state, best, other)
            instead = job.who[given, other]
            job.who[given, other] = ASK
        _put(state, best, line, slot)
        if instead >= 0 and _fits(job.city, state, instead, other):
            _put(state, instead, given, other)
        job.who[line, slot] = ASK
        done[at] = True
    return done
