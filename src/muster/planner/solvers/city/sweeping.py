"""From prices to a plan: one person after another takes his best week again, given all others.

What one more person at a post is worth lies between its price and its true margin: the margin cut
to a band about the price, as wide as `band`. A narrow band rounds the prices' own plan; a band
without limit is plain descent on the cost. Above the number wanted, worth falls with the excess.
"""

import numpy as np

from muster.planner.solvers.city.gathering import gather, list_home, listing
from muster.planner.solvers.city.programme import CANDIDATES, best_week, choice, work
from muster.planner.solvers.city.reach import Reach
from muster.planner.solvers.city.tables import CLOSED, Crowd, Demand, Ints, Small, Week, compiled

NO_LIMIT = 1 << 34


@compiled
def worth(demand: Demand, present: Small, price: Ints, band: int, line: int, slot: int) -> int:
    """What one more person at (line, slot) is worth now, whole units."""
    required, minimum = demand.required[line, slot], demand.minimum[line, slot]
    if required <= 0:
        return CLOSED
    n, paid = present[line, slot], price[line, slot]
    if n >= required:
        return paid - band * (n - required + 1)
    short = required - n
    margin = demand.weight_required[line]
    if n < minimum:
        margin += demand.weight_minimum[line]
        short = minimum - n
    return max(min(margin, paid + band * short), paid - band)


@compiled
def worth_all(demand: Demand, present: Small, price: Ints, band: int, out: Ints) -> None:
    """`worth` of every post into `out` (L, T)."""
    for line in range(out.shape[0]):
        for slot in range(out.shape[1]):
            out[line, slot] = worth(demand, present, price, band, line, slot)


@compiled
def _move(
    demand: Demand, week: Week, present: Small, price: Ints, band: int, now: Ints, cell: int,
    people: int,
) -> None:  # fmt: skip
    line, slot = cell // week.slots, cell % week.slots
    present[line, slot] += people
    now[line, slot] = worth(demand, present, price, band, line, slot)


@compiled
def _all_roles(crowd: Crowd, home: int) -> int:
    held = 0
    for i in range(crowd.start[home], crowd.start[home + 1]):
        held |= crowd.roles[crowd.people[i]]
    return held


@compiled
def sweep(
    reach: Reach, week: Week, crowd: Crowd, demand: Demand, homes: Ints, price: Ints, band: int,
    present: Small, cells: Small, now: Ints,
) -> int:  # fmt: skip
    """Everybody of `homes`, in that order, takes his best week again.

    Args:
        price: (L, T) whole units; `band` half the width about it.
        present: (L, T) people at each post, kept up to date.
        cells: (P, shifts) everybody's ``line * slots + slot``, kept up to date.
        now: (L, T) `worth_all` of the posts, kept up to date.

    Returns:
        how many shifts changed.
    """
    listed, who, tables = listing(week), choice(CANDIDATES), work(week, CANDIDATES)
    last_of = np.full(price.shape[0], -1, np.int32)
    new = np.empty(CANDIDATES, np.int32)
    out = np.empty(week.shifts, np.int32)
    changed = 0
    for home in homes:
        held = _all_roles(crowd, home)
        if held == 0:
            continue
        list_home(reach, week, home, held, now, 4 * week.change, listed)
        for i in range(crowd.start[home], crowd.start[home + 1]):
            p = crowd.people[i]
            for j in range(week.shifts):
                if cells[p, j] >= 0:
                    _move(demand, week, present, price, band, now, cells[p, j], -1)
            n = gather(reach, week, crowd, home, p, now, listed, cells[p], last_of, new, who)
            best_week(week, tables, who, n, out)
            for j in range(week.shifts):
                c = out[j]
                cell = who.line[c] * week.slots + who.slot[c] if c >= 0 else -1
                if cell >= 0:
                    _move(demand, week, present, price, band, now, cell, 1)
                changed += 1 if cell != cells[p, j] else 0
                cells[p, j] = cell
    return changed
