"""From prices to the few (slot, line) candidates that a person's best week can contain.

Nothing is lost by leaving out the rest: a shift on line a may give way to one on the slot's best
line at the price of at most two changes, and of one less for each neighbour on line a.
"""

from typing import NamedTuple

import numpy as np

from muster.planner.solvers.city.programme import Choice, Work, choice, work
from muster.planner.solvers.city.reach import City
from muster.planner.solvers.city.tables import NEVER, Ints, Small
from muster.planner.solvers.compiling import compiled


class Listing(NamedTuple):
    """What the people of one home may take, within `margin` of the best: for role r and slot t the
    entries ``start[r, t]:start[r, t + 1]`` of `line` and `travel`; the `raw` arrays are scratch."""

    margin: int
    best: Ints
    start: Ints
    line: Small
    travel: Ints
    raw_slot: Small
    raw_line: Small
    raw_travel: Ints


class Hands(NamedTuple):
    """What one thread works with. `counted` holds how many candidates there are, and where those of
    the slot in work begin; `last_of` (lines,) is all -1 between two people."""

    listed: Listing
    who: Choice
    tables: Work
    counted: Ints
    last_of: Small
    new: Small
    out: Small


@compiled
def hands(city: City, margin: int) -> Hands:
    """Room for one thread: as much as anybody can need, so that nothing is ever left out."""
    week, room = city.week, city.room
    listed = Listing(
        margin,
        np.zeros((week.roles, week.slots), np.int64),
        np.zeros((week.roles, week.slots + 1), np.int64),
        np.empty(room, np.int32), np.empty(room, np.int64),
        np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room, np.int64),
    )  # fmt: skip
    return Hands(
        listed, choice(room), work(week, room), np.zeros(2, np.int64),
        np.full(city.demand.required.shape[0], -1, np.int32), np.empty(room, np.int32),
        np.empty(week.shifts, np.int32),
    )  # fmt: skip


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
def _count(row: Ints, floor: Ints, travel: int) -> int:
    count = 0
    for t in range(floor.shape[0]):
        count += 1 if row[t] - travel >= floor[t] else 0
    return count


@compiled
def _list_role(city: City, into: Listing, price: Ints, group: int, n: int) -> int:
    """List the lines of `group` near the best, slot by slot, from entry `n` on."""
    role = group % city.week.roles
    best, start = into.best[role], into.start[role]
    _best(city, group, price, best)
    slack = into.margin - 2 * city.week.change
    floor = np.maximum(best - into.margin, city.week.least + 1 - slack)
    m = 0
    start[:] = 0
    for i in range(city.reach.start[group], city.reach.start[group + 1]):
        line, travel = city.reach.line[i], city.reach.travel[i]
        row = price[line]
        if _count(row, floor, travel) == 0:
            continue
        for t in range(best.shape[0]):
            if row[t] - travel >= floor[t]:
                into.raw_slot[m], into.raw_line[m], into.raw_travel[m] = t, line, travel
                start[t + 1] += 1
                m += 1
    start[0] = n
    for t in range(best.shape[0]):
        start[t + 1] += start[t]
    fill = start.copy()
    for j in range(m):
        at = fill[into.raw_slot[j]]
        into.line[at], into.travel[at] = into.raw_line[j], into.raw_travel[j]
        fill[into.raw_slot[j]] += 1
    return n + m


@compiled
def list_home(city: City, into: Listing, price: Ints, home: int, held: int) -> None:
    """List what people of `home` who hold the roles `held` (bits) may take at `price` (L, T)."""
    n = 0
    for r in range(city.week.roles):
        if held >> r & 1:
            n = _list_role(city, into, price, home * city.week.roles + r, n)


@compiled
def _add(at: Hands, least: int, t: int, line: int, worth: int) -> None:
    """One more candidate, if it is worth more than `least`."""
    n = at.counted[0]
    if worth > least:
        at.who.slot[n], at.who.line[n], at.who.worth[n] = t, line, worth
        at.counted[0] += 1


@compiled
def _slot(city: City, at: Hands, price: Ints, p: int, t: int) -> None:
    """All that person `p` may take in slot `t`."""
    listed = at.listed
    dislike = city.crowd.dislike[p, city.crowd.kind[t]]
    for r in range(city.week.roles):
        if not city.crowd.roles[p] >> r & 1:
            continue
        for i in range(listed.start[r, t], listed.start[r, t + 1]):
            line = listed.line[i]
            _add(at, city.week.least, t, line, price[line, t] - listed.travel[i] - dislike)


@compiled
def _own(city: City, at: Hands, price: Ints, p: int, cell: int) -> None:
    """The post that person `p` has already, if it was not listed."""
    line, t = cell // city.week.slots, cell % city.week.slots
    dislike = city.crowd.dislike[p, city.crowd.kind[t]]
    for i in range(at.counted[1], at.counted[0]):
        if at.who.line[i] == line:
            return
    for r in range(city.week.roles):
        group = city.crowd.home[p] * city.week.roles + r
        if not city.crowd.roles[p] >> r & 1:
            continue
        for i in range(city.reach.start[group], city.reach.start[group + 1]):
            if city.reach.line[i] == line:
                _add(at, city.week.least, t, line, price[line, t] - city.reach.travel[i] - dislike)


@compiled
def _keep(at: Hands, change: int) -> None:
    """Of the candidates of the slot in work those within two changes of the best; linked."""
    who, first, n = at.who, at.counted[1], at.counted[0]
    best = NEVER
    for i in range(first, n):
        best = max(best, who.worth[i])
    kept = first
    for i in range(first, n):
        line, worth = who.line[i], who.worth[i]
        if worth < best - 2 * change:
            continue
        before = at.last_of[line]
        who.slot[kept], who.line[kept], who.worth[kept] = who.slot[i], line, worth
        who.before[kept] = before
        who.lonely[kept] = 0 if worth >= best else (1 if worth >= best - change else 2)
        if before >= 0:
            who.lonely[before] -= 1
            who.lonely[kept] -= 1
        at.last_of[line] = kept
        kept += 1
    at.counted[0] = kept


@compiled
def _thin(at: Hands) -> int:
    """Drop those that have too few like neighbours to be worth their price."""
    who = at.who
    kept = 0
    for i in range(at.counted[0]):
        at.last_of[who.line[i]] = -1
        before = who.before[i]
        link = at.new[before] if before >= 0 else -1
        if who.lonely[i] > 0:
            at.new[i] = link
            continue
        at.new[i] = kept
        who.slot[kept], who.line[kept] = who.slot[i], who.line[i]
        who.worth[kept], who.before[kept] = who.worth[i], link
        kept += 1
    return kept


@compiled
def gather(city: City, at: Hands, price: Ints, p: int, own: Small) -> int:
    """The candidates of person `p` at `price` into ``at.who``; returns how many.

    Args:
        own: cells ``line * slots + slot`` that he has now, -1 for none.
    """
    at.counted[0] = 0
    for t in range(city.week.slots):
        if not city.crowd.available[p, t]:
            continue
        at.counted[1] = at.counted[0]
        _slot(city, at, price, p, t)
        for cell in own:
            if cell >= 0 and cell % city.week.slots == t:
                _own(city, at, price, p, cell)
        _keep(at, city.week.change)
    return _thin(at)
