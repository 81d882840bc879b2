"""Every person's best week at given prices, in parallel; the bound that follows from it."""

import numba
import numpy as np

from muster.planner.solvers.city.gathering import gather, list_home, listing
from muster.planner.solvers.city.programme import CANDIDATES, best_week, choice, work
from muster.planner.solvers.city.reach import Reach
from muster.planner.solvers.city.tables import (
    CLOSED,
    SCALE,
    Crowd,
    Demand,
    Ints,
    Small,
    Week,
    compiled,
    parallel,
)


@compiled
def _held(crowd: Crowd, home: int, batch: Small, which: int) -> int:
    """All roles that the chosen people of a home hold."""
    held = 0
    for i in range(crowd.start[home], crowd.start[home + 1]):
        if batch[crowd.people[i]] == which:
            held |= crowd.roles[crowd.people[i]]
    return held


@compiled
def _price_home(
    reach: Reach, week: Week, crowd: Crowd, home: int, price: Ints, batch: Small, which: int,
    cells: Small, value: Ints,
) -> None:  # fmt: skip
    held = _held(crowd, home, batch, which)
    if held == 0:
        return
    listed, who, tables = listing(week), choice(CANDIDATES), work(week, CANDIDATES)
    list_home(reach, week, home, held, price, 2 * week.change, listed)
    last_of = np.full(price.shape[0], -1, np.int32)
    new = np.empty(CANDIDATES, np.int32)
    nothing = np.empty(0, np.int32)
    out = np.empty(week.shifts, np.int32)
    for i in range(crowd.start[home], crowd.start[home + 1]):
        p = crowd.people[i]
        if batch[p] != which:
            continue
        n = gather(reach, week, crowd, home, p, price, listed, nothing, last_of, new, who)
        value[p] = best_week(week, tables, who, n, out)
        for j in range(week.shifts):
            c = out[j]
            cells[p, j] = who.line[c] * week.slots + who.slot[c] if c >= 0 else -1


@parallel
def price_people(
    reach: Reach, week: Week, crowd: Crowd, price: Ints, batch: Small, which: int, cells: Small,
    value: Ints,
) -> None:  # fmt: skip
    """The best week at `price` of everybody whose `batch` is `which`.

    Args:
        price: (L, T) what a shift is paid, whole units; `CLOSED` where there is no post.
        batch: (P,) the batch of each person.
        cells: (P, shifts) filled with ``line * slots + slot``, the last shift first, then -1.
        value: (P,) filled with what the week is worth, whole units, at least 0.
    """
    for home in numba.prange(crowd.start.shape[0] - 1):
        _price_home(reach, week, crowd, home, price, batch, which, cells, value)


def bound_of(reach: Reach, week: Week, crowd: Crowd, demand: Demand, price: Ints) -> float:
    """A cost that no legal plan can undercut, from any prices; computed in whole numbers.

    For every plan, cost = shortage + price paid - (price paid - cost of the weeks), and each
    person's last term is at most his best week's value, each post's first two at least their
    least over all numbers of people.
    """
    people = len(crowd.people)
    value = np.zeros(people, np.int64)
    cells = np.empty((people, week.shifts), np.int32)
    price_people(reach, week, crowd, price, np.zeros(people, np.int32), 0, cells, value)
    return (int(_posts(demand, price).sum()) - int(value.sum())) / SCALE


def _posts(demand: Demand, price: Ints) -> Ints:
    """Least shortage and pay of each post over 0 to `required` people: it is convex in their
    number, so that only none, the minimum and all can be least."""
    minimum, required = demand.minimum.astype(np.int64), demand.required.astype(np.int64)
    lack, want = demand.weight_minimum[:, None], demand.weight_required[:, None]
    paid = np.where(required > 0, price, 0)
    none = lack * minimum + want * required
    needed = want * (required - minimum) + paid * minimum
    least: Ints = np.minimum(np.minimum(none, needed), paid * required)
    return least


def open_posts(demand: Demand, price: Ints) -> Ints:
    """`price` with `CLOSED` where nobody is wanted."""
    closed: Ints = np.where(demand.required > 0, price, CLOSED)
    return closed
