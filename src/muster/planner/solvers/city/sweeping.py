"""From prices to a plan: one person after another takes his best week again, given all others.

What one more person at a post is worth lies between its price and its true margin: the margin cut
to a band about the price, as wide as `band`. A narrow band rounds the prices' own plan; a band
without limit is plain descent on the cost. Above the number wanted, worth falls with the excess.
Between sweeps the prices learn from what is lacking, as multipliers do.
"""

from concurrent.futures import Executor, wait
from typing import NamedTuple

import numpy as np

from muster.kernel.compiling import compiled
from muster.planner.solvers.city.gathering import Hands, ask, hands, list_home, relist
from muster.planner.solvers.city.reach import City
from muster.planner.solvers.city.tables import CLOSED, Crowd, Demand, Ints, Small, lack

NO_LIMIT = 1 << 34
PARTS = 16
"""Pieces of a sweep for the threads: enough that one slow piece is not waited for long."""


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
def worth(demand: Demand, state: State, line: int, slot: int, n: int) -> int:
    """What one more person at (line, slot) beside `n` is worth, whole units."""
    required, minimum = demand.required[line, slot], demand.minimum[line, slot]
    paid = state.price[line, slot]
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
def _note(demand: Demand, state: State, line: int, slot: int) -> None:
    state.now[line, slot] = worth(demand, state, line, slot, state.present[line, slot])


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
            _note(demand, state, line, slot)


@compiled
def _leave(city: City, state: State, at: Hands, p: int) -> None:
    """List the posts of person `p` as if he were not there. Nobody else is told: to other threads
    his places are taken until he has chosen."""
    for cell in state.cells[p]:
        if cell >= 0:
            line, slot = cell // city.week.slots, cell % city.week.slots
            value = worth(city.demand, state, line, slot, state.present[line, slot] - 1)
            relist(city, at.listed, value, city.crowd.home[p], cell)


@compiled
def _enter(city: City, state: State, at: Hands, p: int, before: Small) -> int:
    """Person `p` has chosen anew: count and list what he left and took; how many shifts changed."""
    changed, after = 0, state.cells[p]
    for cell in before:
        if cell >= 0:
            line, slot = cell // city.week.slots, cell % city.week.slots
            if not _holds(after, cell):
                state.present[line, slot] -= 1
                _note(city.demand, state, line, slot)
            relist(city, at.listed, state.now[line, slot], city.crowd.home[p], cell)
    for cell in after:
        if cell >= 0 and not _holds(before, cell):
            line, slot = cell // city.week.slots, cell % city.week.slots
            state.present[line, slot] += 1
            _note(city.demand, state, line, slot)
            relist(city, at.listed, state.now[line, slot], city.crowd.home[p], cell)
            changed += 1
    return changed


@compiled
def _holds(cells: Small, cell: int) -> bool:
    found = False
    for each in cells:
        found = found or each == cell
    return found


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
            _leave(city, state, at, p)
            ask(city, at, p, state.cells[p])
            changed += _enter(city, state, at, p, before)
    return changed


@compiled
def recount(state: State) -> None:
    """`present` anew from everybody's shifts."""
    present = state.present.ravel()
    present[:] = 0
    for person in state.cells:
        for cell in person:
            if cell >= 0:
                present[cell] += 1


@compiled
def crowded(demand: Demand, state: State, crowd: Crowd, homes: Ints) -> Ints:
    """Those of `homes` with somebody at a post of more people than wanted."""
    found, n = np.empty_like(homes), 0
    slots = state.now.shape[1]
    for home in homes:
        over = 0
        for i in range(crowd.start[home], crowd.start[home + 1]):
            for cell in state.cells[crowd.people[i]]:
                if cell >= 0:
                    line, slot = cell // slots, cell % slots
                    over += 1 if state.present[line, slot] > demand.required[line, slot] else 0
        if over > 0:
            found[n] = home
            n += 1
    return found[:n]


def sweep_all(city: City, state: State, homes: Ints, crew: Executor | None) -> int:
    """`sweep` by all threads of `crew` at once.

    They do not wait for each other: two may take the last place of a post in the same moment, or
    one may lose the other's count. Both are rare, and mended before anybody relies on them: people
    are counted anew, and where the band has no limit, homes with people too many choose once more,
    one after another.

    Returns:
        how many shifts changed.
    """
    worth_all(city.demand, state)
    if crew is None:
        return int(sweep(city, state, homes))
    running = [crew.submit(sweep, city, state, part) for part in np.array_split(homes, PARTS)]
    try:
        changed = sum(part.result() for part in running)
    finally:
        wait(running)
    recount(state)
    if state.band == NO_LIMIT:
        thin_out(city, state, homes)
    return int(changed)


def thin_out(city: City, state: State, homes: Ints) -> None:
    """Those of `homes` with somebody at a post of too many choose once more, one by one. Where the
    band has no limit, no post has too many afterwards: nobody takes a place that is not there."""
    again = crowded(city.demand, state, city.crowd, homes)
    if len(again):
        worth_all(city.demand, state)
        sweep(city, state, again)
