"""Prices per post by stochastic ascent of the bound, on several scales at once.

Each step asks a random fiftieth of the people for their best weeks and moves every price by how
many are missing there at that price. The prices of near posts are tied to one another by geography
and settle fast and finely; what a whole neighbourhood is worth settles slowly. So the mean lack of
groups of posts (of one compound, of a square of three or eight kilometres, by role and slot) moves
them together, by a longer step.
"""

from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from muster.planner.city.problem import SEALED, CityProblem
from muster.planner.solvers.city.pricing import Asked, answers, open_posts, price_people
from muster.planner.solvers.city.reach import City
from muster.planner.solvers.city.tables import SCALE, Ints

BATCHES = 50
MOMENTUM = 0.9
FIRST_PRICE = 20.0
STEPS = {6.0: (1.0, 0.006, 8.0, 0.06), 24.0: (0.3, 0.0003, 3.0, 0.001)}
"""By rounds over all people that there is time for: of a price for each person lacking, at the
start and at the end; then the same for one lacking per post on average over a group."""
NEAR_KM, FAR_KM = 3.0, 8.0

Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Group:
    """Posts that move together: the group of each post; `count` groups."""

    of: NDArray[np.int64]
    count: int

    def mean(self, lack: Reals, counted: NDArray[np.bool_]) -> Reals:
        """(posts,) the mean lack of each post's group over those `counted`."""
        total = np.bincount(self.of, lack * counted, self.count)
        mean: Reals = (total / np.maximum(np.bincount(self.of, counted, self.count), 1))[self.of]
        return mean


def groups_of(problem: CityProblem, posts: Ints) -> tuple[Group, ...]:
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
    found = []
    for key in keys:
        names, of = np.unique(key, return_inverse=True)
        found.append(Group(of, len(names)))
    return tuple(found)


def _squares(problem: CityProblem, km: float) -> Ints:
    """(C,) the square in which a compound lies; a sealed one, which nobody enters, by itself."""
    xy = problem.compound_xy - problem.compound_xy.min(axis=0)
    at = np.floor(xy / km).astype(np.int64)
    square = at[:, 0] * (int(at[:, 1].max()) + 1) + at[:, 1]
    own = int(square.max()) + 1 + np.arange(problem.compounds)
    return np.where(problem.compound_status == SEALED, own, square)


class Ascent:
    """Prices on their way up. `price` (posts,) is what a shift is paid now."""

    def __init__(self, problem: CityProblem, city: City, crew: Executor | None = None) -> None:
        self.city, self.crew = city, crew
        self.posts = np.flatnonzero(problem.required.ravel() > 0).astype(np.int64)
        self.groups = groups_of(problem, self.posts)
        line = self.posts // problem.slots
        self.required = problem.required.ravel()[self.posts].astype(np.float64)
        self.minimum = problem.minimum.ravel()[self.posts].astype(np.float64)
        self.want = problem.weight_required[line].astype(np.float64)
        self.top = self.want + np.where(self.minimum > 0, problem.weight_minimum[line], 0.0)
        self.price: Reals = np.minimum(self.top, FIRST_PRICE)
        self.steps = np.array(STEPS[24.0])
        self._speed = np.zeros_like(self.price)
        self._random = np.random.default_rng(0)
        self._answers = answers(problem.people, problem.max_shifts)
        self._batch = np.zeros(problem.people, np.int32)
        self._next = 0

    def pace(self, rounds: float) -> None:
        """Choose steps that settle within `rounds` over all people."""
        (few, hasty), (many, patient) = STEPS.items()
        share = np.clip(np.log(max(rounds, 1e-9) / few) / np.log(many / few), -0.5, 1.0)
        self.steps = np.exp((1 - share) * np.log(hasty) + share * np.log(patient))

    def whole(self) -> Ints:
        """(L, T) the prices in whole units, `CLOSED` where there is no post."""
        full = np.zeros(self.city.demand.required.shape, np.int64)
        full.ravel()[self.posts] = np.floor(self.price * SCALE).astype(np.int64)
        return open_posts(self.city.demand, full)

    def step(self, done: float) -> None:
        """One batch of people, one move of all prices; `done` is the share of the ascent done."""
        if self._next == 0:
            self._batch[:] = self._random.permutation(len(self._batch)) % BATCHES
        price_people(
            self.city, self.whole(), Asked(self._batch, self._next), self._answers, self.crew
        )
        cells = self._answers.cells[self._batch == self._next]
        self._next = (self._next + 1) % BATCHES
        size = self.city.demand.required.size
        present: Reals = (
            np.bincount(cells[cells >= 0], minlength=size)[self.posts].astype(np.float64) * BATCHES
        )
        self._move(self._lack(present), done)

    def _lack(self, present: Reals) -> Reals:
        """How many more people than `present` each post would take at its price."""
        price, minimum, required = self.price, self.minimum, self.required
        wanted = np.where(
            price < self.want,
            required,
            np.where(
                price == self.want,
                np.clip(present, minimum, required),
                np.where(price < self.top, minimum, np.clip(present, 0, minimum)),
            ),
        )
        lack: Reals = wanted - present
        return lack

    def _move(self, lack: Reals, done: float) -> None:
        """Move the prices; one that stands at its limit and wants beyond it counts in no group."""
        first, last = self.steps[[0, 2]], self.steps[[1, 3]]
        fine, coarse = first * (last / first) ** done
        held = ((self.price <= 0) & (lack < 0)) | ((self.price >= self.top) & (lack > 0))
        move = fine * lack
        for group in self.groups:
            move += coarse * group.mean(lack, ~held)
        self._speed = MOMENTUM * self._speed + (1 - MOMENTUM) * move
        self.price = np.clip(self.price + self._speed, 0, self.top)
