"""The search: a first plan at once, prices with a bound, rounding, and again with what is left.

Anytime: every plan that `report` hears of is legal as it stands.
"""

import time
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import suppress
from threading import Event

import numpy as np

from muster.planner.city.checker import judge
from muster.planner.city.incumbent import Found, Incumbent
from muster.planner.city.problem import FREE, CityProblem, Lines
from muster.planner.solvers.city.prices import Ascent
from muster.planner.solvers.city.pricing import bound_of
from muster.planner.solvers.city.reach import city_of
from muster.planner.solvers.city.sweeping import NO_LIMIT, State, sweep, worth_all
from muster.planner.solvers.city.tables import SCALE, Ints

ASCENT_SHARE = 0.62
ROUND_SECONDS = 9e-6
"""About what one person's share of a round takes on two cores; only the step lengths hang on it."""
BANDS = (0.3, 300.0)
"""Half width of the band about the prices while rounding, first and last, in cost."""
SETTLING_SWEEPS = 6
SWEEPS_OF_A_SEARCH = 8
"""With time for fewer, prices would not settle: plain descent gives the better plan."""
FEW_CHANGES = 1 / 2000

Report = Callable[[Incumbent], None]


class _Stopped(Exception):
    pass


class _Search:
    def __init__(self, problem: CityProblem, seconds: float, crew: Executor) -> None:
        self.started = time.monotonic()
        self.problem, self.seconds, self.crew = problem, seconds, crew
        self.report: Report | None = None
        self.stop: Event | None = None
        self.city = city_of(problem)
        self.random = np.random.default_rng(0)
        self.best: Lines | None = None
        self.cost, self.bound = float("inf"), 0.0
        self.homes = np.flatnonzero(np.diff(self.city.crowd.start)).astype(np.int64)
        shape = self.city.demand.required.shape
        self.cells = np.full((problem.people, problem.max_shifts), -1, np.int32)
        self.present = np.zeros(shape, np.int32)
        self.now = np.zeros(shape, np.int64)

    def elapsed(self) -> float:
        return time.monotonic() - self.started

    def tell(self) -> None:
        if self.report and self.cost < float("inf"):
            self.report(Incumbent(self.cost, self.bound, self.elapsed()))

    def over(self, until: float) -> bool:
        """Whether the time `until` (s since the start) has come; a stop ends the whole search."""
        if self.stop is not None and self.stop.is_set():
            raise _Stopped
        return self.elapsed() >= until

    def sweep(self, price: Ints, band: int) -> int:
        """All people once, in random order of their homes."""
        state = State(price, band, self.present, self.cells, self.now)
        worth_all(self.city.demand, state)
        changed: int = sweep(self.city, state, self.random.permutation(self.homes))
        return changed

    def settle(self, price: Ints, until: float) -> None:
        """Plain descent until next to nothing changes; the plan is legal from the first sweep on,
        because a full post takes nobody and everybody has chosen anew."""
        for _ in range(SETTLING_SWEEPS):
            changed = self.sweep(price, NO_LIMIT)
            self.keep()
            if self.over(until) or changed < FEW_CHANGES * len(self.cells):
                return

    def keep(self) -> None:
        """Remember the plan if it is legal and the best so far."""
        plan = self.plan()
        judged = judge(self.problem, plan)
        if judged.legal and judged.cost < self.cost:
            self.cost, self.best = judged.cost, plan
            self.tell()

    def round(self, price: Ints, until: float) -> None:
        """From prices to a plan: the band about them widens until nothing is left of them."""
        begun = self.elapsed()
        low, high = BANDS
        while not self.over(until):
            done = (self.elapsed() - begun) / max(until - begun, 1e-9)
            self.sweep(price, int(low * (high / low) ** done * SCALE))
        self.settle(price, self.seconds)

    def run(self) -> None:
        """All of it. Raises `_Stopped` when asked to end."""
        ascent = Ascent(self.problem, self.city, self.crew)
        begun = self.elapsed()
        self.settle(ascent.whole(), 0.0)
        left = self.seconds - self.elapsed()
        if left < SWEEPS_OF_A_SEARCH * (self.elapsed() - begun):
            self.settle(ascent.whole(), self.seconds)
            return
        begun, until = self.elapsed(), self.elapsed() + ASCENT_SHARE * left
        ascent.pace((until - begun) / (ROUND_SECONDS * self.problem.people))
        while not self.over(until):
            ascent.step((self.elapsed() - begun) / max(until - begun, 1e-9))
        price = ascent.whole()
        self.bound = max(0.0, bound_of(self.city, price, self.crew))
        self.tell()
        self.round(price, self.seconds * 0.95)

    def plan(self) -> Lines:
        """(P, T) the line of each person in each slot as it stands, or `FREE`."""
        slots = self.problem.slots
        plan = np.full((self.problem.people, slots), FREE, np.int32)
        who, which = np.nonzero(self.cells >= 0)
        taken = self.cells[who, which]
        plan[who, taken % slots] = taken // slots
        return plan

    def found(self) -> Found:
        """The best plan; nobody serving is one too."""
        nobody = np.full((self.problem.people, self.problem.slots), FREE, np.int32)
        return Found(nobody if self.best is None else self.best, self.bound)


def run(
    problem: CityProblem,
    seconds: float,
    threads: int = 2,
    report: Report | None = None,
    stop: Event | None = None,
) -> Found:
    """The best plan for `problem` found in about `seconds` of wall-clock time.

    Args:
        report: told (cost, bound, seconds) of each better plan or bound.
        stop: set by another thread to end soon with the best so far. Ctrl-C does the same.
    """
    with ThreadPoolExecutor(max(1, threads)) as crew:
        search = _Search(problem, seconds, crew)
        search.report, search.stop = report, stop
        with suppress(KeyboardInterrupt, _Stopped):
            search.run()
        return search.found()
