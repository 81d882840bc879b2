"""From prices to the few (slot, line) candidates that a person's best week can contain.

Nothing is lost by leaving out the rest: a shift on line a may give way to one on the slot's best
line at the price of at most two changes, and of one less for each neighbour on line a.
"""

from typing import NamedTuple

import numpy as np

from muster.planner.solvers.city.programme import Choice
from muster.planner.solvers.city.reach import Reach
from muster.planner.solvers.city.tables import Crowd, Ints, Small, Week, compiled

LISTED = 60_000


class Listing(NamedTuple):
    """What the people of one home may take: for role r and slot t the entries
    ``start[r, t]:start[r, t + 1]`` of `line` and `travel`; the `raw` arrays are scratch."""

    best: Ints
    start: Ints
    line: Small
    travel: Ints
    raw_slot: Small
    raw_line: Small
    raw_travel: Ints


@compiled
def listing(week: Week) -> Listing:
    """Room for one home."""
    return Listing(
        np.zeros((week.roles, week.slots), np.int64),
        np.zeros((week.roles, week.slots + 1), np.int64),
        np.empty(LISTED, np.int32), np.empty(LISTED, np.int64),
        np.empty(LISTED, np.int32), np.empty(LISTED, np.int32), np.empty(LISTED, np.int64),
    )  # fmt: skip


@compiled
def _best(reach: Reach, first: int, last: int, price: Ints, best: Ints) -> None:
    """The most that a shift in each slot is worth, travel paid; at least 0."""
    best[:] = 0
    for i in range(first, last):
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
def _list_role(
    reach: Reach, group: int, price: Ints, margin: int, best: Ints, start: Ints, into: Listing,
    n: int,
) -> int:  # fmt: skip
    """List the lines of `group` within `margin` of the best, slot by slot, from entry `n` on."""
    first, last = reach.start[group], reach.start[group + 1]
    _best(reach, first, last, price, best)
    floor = np.maximum(best - margin, 1 - margin)
    m = 0
    start[:] = 0
    for i in range(first, last):
        row, travel = price[reach.line[i]], reach.travel[i]
        if _count(row, floor, travel) == 0:
            continue
        for t in range(best.shape[0]):
            if row[t] - travel >= floor[t] and n + m < LISTED:
                into.raw_slot[m], into.raw_line[m], into.raw_travel[m] = t, reach.line[i], travel
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
def list_home(
    reach: Reach, week: Week, home: int, held: int, price: Ints, margin: int, into: Listing
) -> None:
    """List what people of `home` who hold the roles `held` (bits) may take at `price` (L, T)."""
    n = 0
    for r in range(week.roles):
        if held >> r & 1:
            n = _list_role(
                reach, home * week.roles + r, price, margin, into.best[r], into.start[r], into, n
            )


@compiled
def _slot(
    crowd: Crowd, who: int, t: int, price: Ints, listed: Listing, into: Choice, n: int
) -> int:
    """All that `who` may take in slot `t`, appended from `n` on."""
    dislike = crowd.dislike[who, crowd.kind[t]]
    for r in range(listed.start.shape[0]):
        if not crowd.roles[who] >> r & 1:
            continue
        for i in range(listed.start[r, t], listed.start[r, t + 1]):
            worth = price[listed.line[i], t] - listed.travel[i] - dislike
            if worth > 0 and n < into.slot.shape[0]:
                into.slot[n], into.line[n], into.worth[n] = t, listed.line[i], worth
                n += 1
    return n


@compiled
def _own(
    reach: Reach, crowd: Crowd, home: int, who: int, t: int, line: int, price: Ints, into: Choice,
    first: int, n: int, roles: int,
) -> int:  # fmt: skip
    """The line that `who` has in slot `t` already, if it was not listed."""
    for i in range(first, n):
        if into.line[i] == line:
            return n
    for r in range(roles):
        group = home * roles + r
        if not crowd.roles[who] >> r & 1:
            continue
        for i in range(reach.start[group], reach.start[group + 1]):
            if reach.line[i] == line and n < into.slot.shape[0]:
                worth = price[line, t] - reach.travel[i] - crowd.dislike[who, crowd.kind[t]]
                into.slot[n], into.line[n], into.worth[n] = t, line, worth
                return n + 1 if worth > 0 else n
    return n


@compiled
def _keep(into: Choice, first: int, n: int, change: int, last_of: Small) -> int:
    """Of the entries `first` to `n` of one slot those within two changes of the best; linked."""
    best = 0
    for i in range(first, n):
        best = max(best, into.worth[i])
    kept = first
    for i in range(first, n):
        worth = into.worth[i]
        if worth < best - 2 * change:
            continue
        line = into.line[i]
        before = last_of[line]
        into.slot[kept], into.line[kept], into.worth[kept] = into.slot[i], line, worth
        into.before[kept] = before
        into.lonely[kept] = 0 if worth >= best else (1 if worth >= best - change else 2)
        if before >= 0:
            into.lonely[before] -= 1
            into.lonely[kept] -= 1
        last_of[line] = kept
        kept += 1
    return kept


@compiled
def _thin(into: Choice, n: int, last_of: Small, new: Small) -> int:
    """Drop those that have too few like neighbours to be worth their price."""
    kept = 0
    for i in range(n):
        last_of[into.line[i]] = -1
        before = into.before[i]
        link = new[before] if before >= 0 else -1
        if into.lonely[i] > 0:
            new[i] = link
            continue
        new[i] = kept
        into.slot[kept], into.line[kept], into.worth[kept] = (
            into.slot[i], into.line[i], into.worth[i],
        )  # fmt: skip
        into.before[kept] = link
        kept += 1
    return kept


@compiled
def gather(
    reach: Reach, week: Week, crowd: Crowd, home: int, who: int, price: Ints, listed: Listing,
    own: Small, last_of: Small, new: Small, into: Choice,
) -> int:  # fmt: skip
    """The candidates of person `who` at `price`; returns how many.

    Args:
        own: (shifts,) cells ``line * slots + slot`` that he has now, -1 for none.
        last_of: (lines,) all -1, and again afterwards; `new` scratch as long as `into`.
    """
    n = 0
    for t in range(week.slots):
        if not crowd.available[who, t]:
            continue
        first = n
        n = _slot(crowd, who, t, price, listed, into, n)
        for j in range(own.shape[0]):
            if own[j] >= 0 and own[j] % week.slots == t:
                line = own[j] // week.slots
                n = _own(reach, crowd, home, who, t, line, price, into, first, n, week.roles)
        n = _keep(into, first, n, week.change, last_of)
    return _thin(into, n, last_of, new)
