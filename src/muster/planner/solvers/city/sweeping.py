"""From prices to a plan: one person after another takes his best week again, given all others.

What one more person at a post is worth lies between its price and its true margin: the margin cut
to a band about the price, as wide as `band`. A narrow band rounds the prices' own plan; a band
without limit is plain descent on the cost. Above the number wanted, worth falls with the excess.
Between sweeps the prices learn from what is lacking, as multipliers do.
"""

from typing import NamedTuple

import numpy as np

from muster.kernel.compiling import compiled
from muster.planner.solvers.city.gathering import Hands, ask, hands, list_home, relist
from muster.planner.solvers.city.reach import City
from muster.planner.solvers.city.tables import CLOSED, Crowd, Demand, Ints, Small, lack

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
def learn(demand: Demand, state: State, rate: float) -> None:
    """Move every price by `rate` of the band for each person lacking there, and all worths."""
    for line in range(state.now.shape[0]):
        want = demand.weight_required[line]
        for slot in range(state.now.shape[1]):
            required, minimum = demand.required[line, slot], demand.minimum[line, slot]
            if required > 0:
                paid = state.price[line, slot]
                top = want + (demand.weight_minimum[line] if minimum > 0 else 0)
                present = state.present[line, slot]
                short = lack(paid, (want, top), (minimum, required), present)
                moved = paid + int(rate * state.band * short)
                state.price[line, slot] = min(max(moved, 0), top)
    worth_all(demand, state)


@compiled
def worth_all(demand: Demand, state: State) -> None:
    """`worth` of every post into ``state.now``."""
    for line in range(state.now.shape[0]):
        for slot in range(state.now.shape[1]):
            state.now[line, slot] = worth(demand, state, line, slot)


@compiled
def _move(city: City, state: State, at: Hands, p: int, people: int) -> None:
    """Person `p` enters (1) or leaves (-1) his posts."""
    for cell in state.cells[p]:
        if cell >= 0:
            line, slot = cell // city.week.slots, cell % city.week.slots
            state.present[line, slot] += people
            state.now[line, slot] = worth(city.demand, state, line, slot)
            relist(city, at.listed, state.now, city.crowd.home[p], cell)


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
    at = hands(city, 4 * city.week.change)
    before = np.empty(city.week.shifts, np.int32)
    changed = 0
    for home in homes:
        held = _all_roles(city.crowd, home)
        list_home(city, at.listed, state.now, home, held)
        for i in range(city.crowd.start[home], city.crowd.start[home + 1]):
            p = city.crowd.people[i]
            before[:] = state.cells[p]
            _move(city, state, at, p, -1)
            ask(city, at, p, state.cells[p])
            _move(city, state, at, p, 1)
            for j in range(city.week.shifts):
                changed += 1 if state.cells[p, j] != before[j] else 0
    return changed
