"""Prices per post by stochastic ascent of the bound, on several scales at once.

Each step asks a random fiftieth of the people for their best weeks and moves every price by how
many are missing there at that price. The prices of near posts are tied to one another by geography
and settle fast and finely; what a whole neighbourhood is worth settles slowly. So the mean lack of
groups of posts (of one compound, of a square of three or eight kilometres, by role and slot) moves
them together, by a longer step.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from muster.kernel.compiling import compiled
from muster.planner.city.problem import SEALED, CityProblem
from muster.planner.solvers.city.pricing import Asking, Threads
from muster.planner.solvers.city.reach import City
from muster.planner.solvers.city.tables import CLOSED, SCALE, Ints, Small, lack

BATCHES = 50
MOMENTUM = 0.9
FIRST_PRICE = 20.0
STEPS = {6.0: (0.7, 0.002, 5.0, 0.02), 24.0: (0.3, 0.0003, 3.0, 0.001)}
"""By rounds over all people that there is time for: of a price for each person lacking, at the
start and at the end; then the same for one lacking per post on average over a group."""
NEAR_KM, FAR_KM = 3.0, 8.0

Reals = NDArray[np.float64]


class Groups(NamedTuple):
    """Posts that move together: ``of[i]`` (posts, kinds) the groups of post i, numbered through;
    `number` in all."""

    of: Small
    number: int


class Market(NamedTuple):
    """What the step reads and moves, per post (n,): its place in (L, T), people wanted and needed,
    the price of one short of the required and of the minimum, price and speed; `full` (L, T) the
    prices in whole units; scratch: `present` (L * T,), `total` and `counted` per group, `lack`."""

    posts: Ints
    required: Reals
    minimum: Reals
    want: Reals
    top: Reals
    price: Reals
    speed: Reals
    groups: Groups
    full: Ints
    present: Small
    total: Reals
    counted: Reals
    lack: Reals


def groups_of(problem: CityProblem, posts: Ints) -> Groups:
    """The groups in which the prices of `posts` (flat indices of (line, slot)) move together."""
    slots, roles = problem.slots, problem.roles
    line, slot = posts // slots, posts % slots
    place = problem.line_place[line].astype(np.int64)
    role = problem.line_role[line].astype(np.int64)
    near, far = (_squares(problem, km)[place] for km in (NEAR_KM, FAR_KM))
    keys = (
        place * roles + role,
        place * slots + slot,
        (near * roles + role) * slots + slot,
        near * slots + slot,
        far * roles + role,
        far,
        far * slots + slot,
    )
    of = np.empty((len(posts), len(keys)), np.int32)
    count = 0
    for kind, key in enumerate(keys):
        names, found = np.unique(key, return_inverse=True)
        of[:, kind] = found + count
        count += len(names)
    return Groups(of, count)


def _squares(problem: CityProblem, km: float) -> Ints:
    """(C,) the square in which a compound lies; a sealed one, which nobody enters, by itself."""
    xy = problem.compound_xy - problem.compound_xy.min(axis=0)
    at = np.floor(xy / km).astype(np.int64)
    square = at[:, 0] * (int(at[:, 1].max()) + 1) + at[:, 1]
    own = int(square.max()) + 1 + np.arange(problem.compounds)
    return np.where(problem.compound_status == SEALED, own, square)


@compiled
def _count(market: Market, cells: Small) -> None:
    for person in cells:
        for cell in person:
            if cell >= 0:
                market.present[cell] += 1


@compiled
def _lacks(market: Market, each: float) -> None:
    """The lack of every post when each person present stands for `each`, summed by group. A price
    that stands at its limit and wants beyond it counts in no group."""
    market.total[:] = 0
    market.counted[:] = 0
    of = market.groups.of
    for i in range(len(market.posts)):
        short = lack(
            market.price[i], (market.want[i], market.top[i]),
            (market.minimum[i], market.required[i]), market.present[market.posts[i]] * each,
        )  # fmt: skip
        market.lack[i] = short
        market.present[market.posts[i]] = 0
        low, high = market.price[i] <= 0, market.price[i] >= market.top[i]
        if (low and short < 0) or (high and short > 0):
            continue
        for g in of[i]:
            market.total[g] += short
            market.counted[g] += 1


@compiled
def _move(market: Market, fine: float, coarse: float) -> None:
    """Move all prices."""
    for g in range(len(market.total)):
        market.total[g] *= coarse / max(market.counted[g], 1.0)
    full = market.full.ravel()
    of = market.groups.of
    for i in range(len(market.posts)):
        move = fine * market.lack[i]
        for g in of[i]:
            move += market.total[g]
        market.speed[i] = MOMENTUM * market.speed[i] + (1 - MOMENTUM) * move
        market.price[i] = min(max(market.price[i] + market.speed[i], 0.0), market.top[i])
        full[market.posts[i]] = int(market.price[i] * SCALE)


def market_of(problem: CityProblem) -> Market:
    """The posts of `problem` at their first prices."""
    posts = np.flatnonzero(problem.required.ravel() > 0).astype(np.int64)
    line = posts // problem.slots
    minimum = problem.minimum.ravel()[posts].astype(np.float64)
    want = problem.weight_required[line].astype(np.float64)
    top = want + np.where(minimum > 0, problem.weight_minimum[line], 0.0)
    price: Reals = np.minimum(top, FIRST_PRICE)
    groups = groups_of(problem, posts)
    full = np.full(problem.required.shape, CLOSED, np.int64)
    full.ravel()[posts] = np.floor(price * SCALE)
    return Market(
        posts, problem.required.ravel()[posts].astype(np.float64), minimum, want, top, price,
        np.zeros_like(price), groups, full, np.zeros(full.size, np.int32),
        np.zeros(groups.number), np.zeros(groups.number), np.zeros_like(price),
    )  # fmt: skip


class Ascent:
    """Prices on their way up. ``market.price`` (posts,) is what a shift is paid now."""

    def __init__(self, problem: CityProblem, city: City, asking: Asking | None = None) -> None:
        self.city, self.asking = city, asking or Threads(city)
        self.market = market_of(problem)
        self.steps = np.array(STEPS[24.0])
        self._random = np.random.default_rng(0)
        self._order = np.arange(problem.people)
        self._next = 0

    def pace(self, rounds: float) -> None:
        """Choose steps that settle within `rounds` over all people."""
        (few, hasty), (many, patient) = STEPS.items()
        share = np.clip(np.log(max(rounds, 1e-9) / few) / np.log(many / few), -0.5, 1.0)
        self.steps = np.exp((1 - share) * np.log(hasty) + share * np.log(patient))

    def whole(self) -> Ints:
        """(L, T) a copy of the prices in whole units, `CLOSED` where there is no post."""
        return self.market.full.copy()

    def step(self, done: float) -> None:
        """One batch of people, one move of all prices; `done` is the share of the ascent done."""
        if self._next == 0:
            self._random.shuffle(self._order)
        people = self.city.crowd.people[np.sort(self._order[self._next :: BATCHES])]
        self._next = (self._next + 1) % BATCHES
        _count(self.market, self.asking.cells(self.market.full, people))
        first, last = self.steps[[0, 2]], self.steps[[1, 3]]
        fine, coarse = first * (last / first) ** done
        _lacks(self.market, float(BATCHES))
        _move(self.market, fine, coarse)
