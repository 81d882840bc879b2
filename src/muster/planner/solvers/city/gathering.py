"""From prices to the few (slot, line) candidates that a person's best week can contain.

Nothing is lost by leaving out the rest: a shift on line a may give way to one on the slot's best
line at the price of at most two changes.
"""

from typing import NamedTuple

import numpy as np

from muster.kernel.compiling import compiled
from muster.planner.solvers.city.programme import Choice, Work, best_week, choice, for_person, work
from muster.planner.solvers.city.reach import City
from muster.planner.solvers.city.tables import NEVER, Ints, Small


class Listing(NamedTuple):
    """What the people of one home may take, within `margin` of the best.

    For role r and slot t the first ``many[r, t]`` of row ``r * slots + t`` of `local` (the line,
    as its place in the home's reach) and `value` (its price, travel paid); `best` (R, T).
    """

    margin: int
    best: Ints
    many: Small
    local: Small
    value: Ints


class Hands(NamedTuple):
    """What one thread works with; `out` holds the candidates of the last week asked for."""

    listed: Listing
    who: Choice
    tables: Work
    out: Small


@compiled
def hands(city: City, margin: int) -> Hands:
    """Room for one thread: as much as anybody can need, so that nothing is ever left out."""
    week, start = city.week, city.reach.start
    most, lines = 1, 1
    for group in range(start.shape[0] - 1):
        most = max(most, start[group + 1] - start[group])
        if group % week.roles == 0:
            lines = max(lines, start[group + week.roles] - start[group])
    rows = week.roles * week.slots
    listed = Listing(
        margin,
        np.zeros((week.roles, week.slots), np.int64), np.zeros((week.roles, week.slots), np.int32),
        np.empty((rows, most), np.int32), np.empty((rows, most), np.int64),
    )  # fmt: skip
    room = city.room
    return Hands(listed, choice(room), work(week, room, lines), np.empty(week.shifts, np.int32))


@compiled
def _best(city: City, group: int, price: Ints, best: Ints) -> None:
    """The most that a shift in each slot is worth, travel paid."""
    reach = city.reach
    best[:] = NEVER
    for i in range(reach.start[group], reach.start[group + 1]):
        row = price[reach.line[i]]
        travel = reach.travel[i]
        for t in range(best.shape[0]):
            best[t] = max(best[t], row[t] - travel)


@compiled
def _any(row: Ints, floor: Ints, travel: int) -> bool:
    count = 0
    for t in range(floor.shape[0]):
        count += 1 if row[t] - travel >= floor[t] else 0
    return count > 0


@compiled
def _list_role(city: City, into: Listing, price: Ints, home: int, role: int) -> None:
    """List the lines of `role` near the best, slot by slot."""
    slots = city.week.slots
    first, group = home * city.week.roles, home * city.week.roles + role
    best, count = into.best[role], into.many[role]
    _best(city, group, price, best)
    slack = into.margin - 2 * city.week.change
    floor = np.maximum(best - into.margin, city.week.least + 1 - slack)
    count[:] = 0
    for i in range(city.reach.start[group], city.reach.start[group + 1]):
        row, travel = price[city.reach.line[i]], city.reach.travel[i]
        if not _any(row, floor, travel):
            continue
        local = i - city.reach.start[first]
        for t in range(slots):
            value = row[t] - travel
            if value >= floor[t]:
                n = count[t]
                into.local[role * slots + t, n] = local
                into.value[role * slots + t, n] = value
                count[t] = n + 1


@compiled
def list_home(city: City, into: Listing, price: Ints, home: int, held: int) -> None:
    """List what people of `home` who hold the roles `held` (bits) may take at `price` (L, T)."""
    for r in range(city.week.roles):
        if held >> r & 1:
            _list_role(city, into, price, home, r)


@compiled
def relist(city: City, into: Listing, price: int, home: int, cell: int) -> None:
    """The price of `cell` is `price` now: list it anew, even where it was not near the best."""
    line, t = cell // city.week.slots, cell % city.week.slots
    role = city.demand.role[line]
    first, group = home * city.week.roles, home * city.week.roles + role
    row = role * city.week.slots + t
    for i in range(city.reach.start[group], city.reach.start[group + 1]):
        if city.reach.line[i] == line:
            local = i - city.reach.start[first]
            n = 0
            while n < into.many[role, t] and into.local[row, n] != local:
                n += 1
            into.local[row, n] = local
            into.value[row, n] = price - city.reach.travel[i]
            into.many[role, t] = max(into.many[role, t], n + 1)
            return


@compiled
def _top(listed: Listing, held: int, t: int) -> int:
    """The most that anybody who holds the roles `held` is paid in slot `t`."""
    best = NEVER
    roles, slots = listed.many.shape
    for r in range(roles):
        if held >> r & 1:
            at = r * slots + t
            for i in range(listed.many[r, t]):
                best = max(best, listed.value[at, i])
    return best


@compiled
def _take_slot(
    listed: Listing, who: Choice, slot: tuple[int, int], pay: tuple[int, int], n: int
) -> int:
    """Append, from `n` on, what pays at least ``pay[0]``, less the dislike ``pay[1]``, in slot
    ``slot[1]`` to whoever holds the roles ``slot[0]``. Tuples of few arrays: see `ask`."""
    held, t = slot
    floor, dislike = pay
    roles, slots = listed.many.shape
    for r in range(roles):
        if held >> r & 1:
            at = r * slots + t
            for i in range(listed.many[r, t]):
                value = listed.value[at, i]
                if value >= floor:
                    who.slot[n], who.local[n] = t, listed.local[at, i]
                    who.worth[n] = value - dislike
                    n += 1
    return n


@compiled
def gather(city: City, at: Hands, p: int) -> int:
    """The candidates of person `p`, of whose home all is listed, into ``at.who``; how many."""
    week, crowd, listed, who = city.week, city.crowd, at.listed, at.who
    held, n = crowd.roles[p], 0
    available, kind, dislike = crowd.available, crowd.kind, crowd.dislike
    for t in range(week.slots):
        if not available[p, t]:
            continue
        loss = dislike[p, kind[t]]
        best = _top(listed, held, t)
        floor = max(best - 2 * week.change, week.least + 1 + loss)
        if best >= floor:
            n = _take_slot(listed, who, (held, t), (floor, loss), n)
    return n


@compiled
def ask(city: City, at: Hands, p: int, cells: Small) -> int:
    """The best week of person `p`, of whose home all is listed.

    What is called in loops takes few arrays at a time: handing over a tuple counts references to
    each array in it, which costs more than a short loop.

    Args:
        cells: (shifts,) filled with ``line * slots + slot``, the last shift first, then -1.

    Returns:
        what the week is worth, whole units.
    """
    n = gather(city, at, p)
    first = city.reach.start[city.crowd.home[p] * city.week.roles]
    week = for_person(city.week, city.crowd.most[p])
    value = best_week(week, at.tables, at.who, n, at.out)
    for j in range(city.week.shifts):
        c = at.out[j]
        cells[j] = -1
        if c >= 0:
            line = city.reach.line[first + at.who.local[c]]
            cells[j] = line * city.week.slots + at.who.slot[c]
    return value
