"""Place the sites: greedy, interchange, prices for a bound and for other starts, then shakes.

Small problems are handed to an exact programme for the rest of the time.
"""

import time
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from muster.planner.sites.errors import BadSites
from muster.planner.sites.problem import Indices, Numbers, SiteProblem
from muster.planner.solvers.sites.exact import LARGEST, exact
from muster.planner.solvers.sites.interchange import greedy, interchange
from muster.planner.solvers.sites.loads import loads
from muster.planner.solvers.sites.prices import bound

STEPS = 300
"""Steps of the prices."""
STARTS = 5
"""Sites named by prices that are tried."""
LARGEST_SHAKE = 4
PROVEN = 1e-6
EXACT_SHARE = 0.5
"""Of the time, for the exact programme."""


@dataclass(frozen=True, slots=True)
class Sited:
    """Sites at the candidates `opened`, ascending; the candidate each building `goes_to`; people
    times distance; a proven lower bound; seconds it took."""

    opened: Indices
    goes_to: Indices
    cost: float
    bound: float
    seconds: float

    @property
    def gap(self) -> float:
        """How much dearer than the best possible it may be at most, as a share."""
        return (self.cost - self.bound) / self.cost if self.cost > 0 else 0.0


def solve(
    problem: SiteProblem, seconds: float = 5.0, seed: int = 0, shakes: int | None = None
) -> Sited:
    """Search for at most `seconds`; with `shakes` for so many shakes at most, the same answer
    anywhere. Raises `BadSites` when no siting with the capacity was found."""
    started = time.monotonic()
    search = _Search(problem, np.random.default_rng(seed))
    search.start()
    found = bound(problem, search.cost, STEPS)
    for opened in found.starts[-STARTS:]:
        search.offer(opened)
    lower = _rounded(problem, found.value)
    if problem.distance.size <= LARGEST and not np.isclose(lower, search.cost, rtol=PROVEN):
        lower = max(lower, search.exact(EXACT_SHARE * seconds))
    turn = 0
    while (shakes is None or turn < shakes) and time.monotonic() - started < seconds:
        if search.cost <= lower * (1 + PROVEN) + 1e-9 or problem.sites == problem.candidates:
            break
        search.shake(turn)
        turn += 1
    if not np.isfinite(search.cost):
        raise BadSites(reason="no site has room for the last buildings; allow one site more")
    order = np.sort(search.opened)
    return Sited(
        order, search.goes_to, search.cost, min(lower, search.cost), time.monotonic() - started
    )


def _rounded(problem: SiteProblem, lower: float) -> float:
    """A bound rounded up where every cost is a whole number."""
    whole = bool((problem.cost == np.round(problem.cost)).all())
    return float(np.ceil(lower - PROVEN)) if whole else lower


class _Search:
    """The best siting so far."""

    def __init__(self, problem: SiteProblem, random: Generator) -> None:
        self.problem, self.random = problem, random
        self.weights: Numbers = np.ascontiguousarray(problem.cost)
        self.cost = np.inf
        self.opened: Indices = np.empty(0, np.int64)
        self.goes_to: Indices = np.empty(0, np.int64)

    def start(self) -> None:
        """Greedy, and if need be other starts until everybody has room."""
        self.offer(greedy(self.weights, self.problem.sites))
        for _ in range(50):
            if np.isfinite(self.cost):
                return
            self.offer(self._anywhere())

    def _anywhere(self) -> Indices:
        return self.random.choice(self.problem.candidates, self.problem.sites, replace=False)

    def offer(self, opened: Indices) -> None:
        """Improve `opened` and keep it if it is better than the best."""
        opened = opened.astype(np.int64).copy()
        if self.problem.capacity is None:
            interchange(self.weights, opened)
        goes_to, cost = loads(self.weights, self.problem.people, opened, self.problem.capacity)
        if self.problem.capacity is not None and np.isfinite(cost):
            opened, goes_to, cost = self._centred(opened, goes_to, cost)
        if cost < self.cost - 1e-9:
            self.opened, self.goes_to, self.cost = opened, goes_to, cost

    def _centred(
        self, opened: Indices, goes_to: Indices, cost: float
    ) -> tuple[Indices, Indices, float]:
        """Put each site in the middle of its own buildings, and share them out anew."""
        while True:
            middle = np.array(
                [self.weights[:, goes_to == site].sum(axis=1).argmin() for site in opened],
                dtype=np.int64,
            )
            if len(set(middle.tolist())) < len(middle):
                return opened, goes_to, cost
            there, less = loads(self.weights, self.problem.people, middle, self.problem.capacity)
            if less >= cost - 1e-9:
                return opened, goes_to, cost
            opened, goes_to, cost = middle, there, less

    def shake(self, turn: int) -> None:
        """Exchange a few sites of the best at random and improve from there."""
        if not np.isfinite(self.cost):
            self.offer(self._anywhere())
            return
        closed = np.setdiff1d(np.arange(self.problem.candidates), self.opened)
        count = min(1 + turn % LARGEST_SHAKE, len(closed), len(self.opened))
        opened = self.opened.copy()
        where = self.random.choice(len(opened), count, replace=False)
        opened[where] = self.random.choice(closed, count, replace=False)
        self.offer(opened)

    def exact(self, seconds: float) -> float:
        """Ask the exact programme; the bound that it proves."""
        found = exact(self.problem, seconds)
        if found is None:
            return 0.0
        goes_to, cost, lower = found
        if cost < self.cost - 1e-9:
            rest = np.setdiff1d(np.arange(self.problem.candidates), goes_to)
            used = np.unique(goes_to)
            self.opened = np.concatenate([used, rest[: self.problem.sites - len(used)]])
            self.goes_to, self.cost = goes_to, cost
        return lower
