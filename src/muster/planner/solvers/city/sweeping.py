"""From prices to a plan: one person after another takes his best week again, given all others.

What one more person at a post is worth lies between its price and its true margin: the margin cut
to a band about the price, as wide as `band`. A narrow band rounds the prices' own plan; a band
without limit is plain descent on the cost. Above the number wanted, worth falls with the excess.
"""

from typing import NamedTuple

from muster.planner.solvers.city.gathering import gather, hands, list_home
from muster.planner.solvers.city.programme import best_week
from muster.planner.solvers.city.reach import City
from muster.planner.solvers.city.tables import CLOSED, Crowd, Demand, Ints, Small
from muster.planner.solvers.compiling import compiled

NO_LIMIT = 1 << 34


class State(NamedTuple):
    """A plan in the making, kept up to date by `sweep`.

    `price` (L, T) and half the `band` about it in whole units; `present` (L, T) people at each
    post; `cells` (P, shifts) everybody's ``line * slots + slot`` or -1; `now` (L, T) what one more
    person is worth.
    """

    price: Ints
    band: int
    present: Small
    cells: Small
    now: Ints


@compiled
def worth(demand: Demand, state: State, line: int, slot: int) -> int:
    """What one more person at (line, slot) is worth now, whole units."""
    required, minimum = demand.required[line, slot], demand.minimum[line, slot]
    n, paid = state.present[line, slot], state.price[line, slot]
    if required <= 0:
        return CLOSED
    if n >= required:
        return int(paid - state.band * (n - required + 1))
    short = required - n
    margin = demand.weight_required[line]
    if n < minimum:
        margin += demand.weight_minimum[line]
        short = minimum - n
    return int(max(min(margin, paid + state.band * short), paid - state.band))


@compiled
def worth_all(demand: Demand, state: State) -> None:
    """`worth` of every post into ``state.now``."""
    for line in range(state.now.shape[0]):
        for slot in range(state.now.shape[1]):
            state.now[line, slot] = worth(demand, state, line, slot)


@compiled
def _move(city: City, state: State, cell: int, people: int) -> None:
    line, slot = cell // city.week.slots, cell % city.week.slots
    state.present[line, slot] += people
    state.now[line, slot] = worth(city.demand, state, line, slot)


@compiled
def _all_roles(crowd: Crowd, home: int) -> int:
    held = 0
    for i in range(crowd.start[home], crowd.start[home + 1]):
        held |= crowd.roles[crowd.people[i]]
    return held


@compiled
def sweep(city: City, state: State, homes: Ints) -> int:
    """Everybody of `homes`, in that order, takes his best week again.

    Returns:
        how many shifts changed.
    """
    week = city.week
    at = hands(city, 4 * week.change)
    changed = 0
    for home in homes:
        held = _all_roles(city.crowd, home)
        list_home(city, at.listed, state.now, home, held)
        for i in range(city.crowd.start[home], city.crowd.start[home + 1]):
            p = city.crowd.people[i]
            mine = state.cells[p]
            for cell in mine:
                if cell >= 0:
                    _move(city, state, cell, -1)
            n = gather(city, at, state.now, p, mine)
            best_week(week, at.tables, at.who, n, at.out)
            for j in range(week.shifts):
                c = at.out[j]
                cell = at.who.line[c] * week.slots + at.who.slot[c] if c >= 0 else -1
                if cell >= 0:
                    _move(city, state, cell, 1)
                changed += 1 if cell != mine[j] else 0
                mine[j] = cell
    return changed
