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
ANY_SHIFT = -2
MOST_ASKED = 25
"""Cells for which one chain looks for somebody free: its cheapest offers."""
ASK = -2
"""The memory of a cell does not know yet."""
INFINITE = 1e18

type Array = NDArray[Any]


class City(NamedTuple):
    """The problem, and who lives in which compound (`living[first[c]:first[c + 1]]`)."""

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


def job_of(city: City, state: State, charge: float, since: int) -> Job:
    """A repair of which nothing is done yet."""
    room = min(len(state.told) * 4, 1 << 17)
    return Job(
        city, state, charge, since,
        np.full(state.present.shape, ASK, np.int32), np.zeros(state.present.shape),
        np.empty((room, 2), np.int64), np.empty(room),
    )  # fmt: skip


def city_arrays(problem: CityProblem) -> City:
    """`problem` as the kernels read it."""
    living = np.argsort(problem.person_home, kind="stable").astype(np.int32)
    first = np.searchsorted(problem.person_home[living], np.arange(problem.compounds + 1))
    return City(
        problem.compound_xy, problem.compound_status, problem.person_home, problem.person_roles,
        problem.person_available, problem.person_preference, problem.line_place,
        problem.line_role, problem.required, problem.minimum, problem.weight_minimum,
        problem.weight_required, problem.role_radius_km, problem.load_cost, living,
        first.astype(np.int64),
        (
            float(problem.change_cost), float(problem.base_travel_km), int(problem.slots_a_day),
            int(problem.rest_slots), int(problem.max_shifts), int(problem.max_nights_in_a_row),
        ),
    )  # fmt: skip


@compiled
def _away(city: City, one: int, other: int) -> float:
    """km between two compounds."""
    dx = city.xy[one, 0] - city.xy[other, 0]
    dy = city.xy[one, 1] - city.xy[other, 1]
    away: float = np.sqrt(dx * dx + dy * dy)
    return away


@compiled
def _reaches(city: City, home: int, line: int) -> bool:
    """May who lives in `home` go to the line? Its role apart."""
    place = city.place[line]
    if home == place:
        return True
    if city.status[home] != OPEN or city.status[place] == SEALED:
        return False
    near: bool = _away(city, home, place) <= city.radius[city.role[line]]
    return near


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
def _fits(city: City, state: State, person: int, slot: int) -> bool:
    """Is the person free and available, with rest, week and nights left for it?"""
    _, _, day, rest, most, nights = city.numbers
    row = state.plan[person]
    if not city.available[person, slot] or state.shifts[person] >= most:
        return False
    for at in range(max(0, slot - rest), min(len(row), slot + rest + 1)):
        if row[at] != FREE:
            return False
    return slot % day != NIGHT or _nights(city, row, slot) <= nights


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
    base = city.numbers[1]
    place, role = city.place[line], city.role[line]
    for home in range(len(city.status)):
        if not _reaches(city, home, line) or _away(city, home, place) + base >= best_cost:
            continue
        for at in range(city.first[home], city.first[home + 1]):
            person = city.living[at]
            if not (city.roles[person] >> role) & 1 or not _fits(city, state, person, slot):
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
def _in_the_way(city: City, state: State, person: int, slot: int) -> int:
    """The slot of the one shift that keeps the person from serving in `slot`.

    `ANY_SHIFT` when any shift less would do, -1 when several are in the way, or none at all.
    """
    row = state.plan[person]
    rest = city.numbers[3]
    found = -1
    for at in range(max(0, slot - rest), min(len(row), slot + rest + 1)):
        if row[at] != FREE:
            if found >= 0:
                return -1
            found = at
    if found < 0 and state.shifts[person] > 0 and not _fits(city, state, person, slot):
        return ANY_SHIFT
    return found


@compiled
def _offer(job: Job, person: int, cell: tuple[int, int], limit: float, count: int) -> int:
    """Append each shift that the person could leave for `cell` for less than `limit`."""
    state = job.state
    only = _in_the_way(job.city, state, person, cell[1])
    if only == ANY_SHIFT:
        first, last = job.since, state.plan.shape[1]
    else:  # one shift, or none
        first, last = max(job.since, only), only + 1
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
    city = job.city
    count = 0
    role = city.role[line]
    for home in range(len(city.status)):
        if not _reaches(city, home, line):
            continue
        for at in range(city.first[home], city.first[home + 1]):
            person = city.living[at]
            if (city.roles[person] >> role) & 1 and city.available[person, slot]:
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
