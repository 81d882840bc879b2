"""The search: a first plan at once, prices with a bound, then rounding, then polishing.

Anytime: every plan that `report` hears of is legal as it stands.
"""

import time
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack, closing, suppress
from functools import partial
from threading import Event

import numpy as np

from muster.planner.city.checker import judge
from muster.planner.city.incumbent import Found, Incumbent
from muster.planner.city.problem import FREE, CityProblem, Lines
from muster.planner.solvers.city.cluster import Cluster
from muster.planner.solvers.city.polishing import polish
from muster.planner.solvers.city.prices import BATCHES, Ascent
from muster.planner.solvers.city.pricing import Asking, Threads, bound_of
from muster.planner.solvers.city.reach import City, city_of
from muster.planner.solvers.city.sweeping import NO_LIMIT, State, learn, sweep_all
from muster.planner.solvers.city.tables import SCALE, Ints, Small

ASCENT_SHARE = 0.65
SWEEPS_KEPT = 6
"""Of the time that the ascent leaves at least, in first sweeps."""
PACING = 5
"""Steps of the ascent after which it is told anew how many rounds there is time for."""
SLOWER_LATER = 1.3
"""A round late in the ascent takes so much longer than one of the first: prices settle, and more
posts are near the best."""
BAND, COLD_BAND, LAST_BAND = 0.2, 3.0, 100.0
"""Half width of the band about the prices while rounding, in cost: at first, about prices that have
settled or not, and at last."""
LEARNING = 0.3
"""Of the band, by which a price moves between two sweeps for each person lacking."""
SETTLING_SWEEPS = 6
SWEEPS_OF_A_PREVIEW = 40
"""With time for more, better plans are shown on the way: after so long, twice that, and so on."""
LAST_SWEEPS = 1.5
"""Time kept for settling, in sweeps."""
SWEEPS_OF_A_SEARCH = 9
"""With time for fewer, prices would not settle: rounding from the first ones is better."""
SWEEPS_OF_A_ROUNDING = 3
"""With time for fewer, plain descent does."""
FEW_CHANGES = 1 / 2000
POLISHING, SWEEPS_OF_A_POLISH = 0.06, 3
"""Of the time, for chains and paths at the end; with time for fewer sweeps nothing comes of it."""

Report = Callable[[Incumbent], None]


class _Stopped(Exception):
    pass


class _Search:
    def __init__(self, problem: CityProblem, city: City, seconds: float, asking: Asking) -> None:
        self.started = time.monotonic()
        self.problem, self.city, self.asking = problem, city, asking
        self.seconds = self.rounded = seconds
        self.polishers = 0
        self.crew: Executor | None = None
        self.report: Report | None = None
        self.stop = Event()
        self.ascent = Ascent(problem, self.city, asking)
        self.random = np.random.default_rng(0)
        self.best: Lines | None = None
        self.cost, self.bound = float("inf"), 0.0
        self.homes = np.flatnonzero(np.diff(self.city.crowd.start)).astype(np.int64)
        shape = self.city.demand.required.shape
        self.cells = np.full((problem.people, problem.max_shifts), -1, np.int32)
        self.present = np.zeros(shape, np.int32)
        self.now = np.zeros(shape, np.int64)
        self.sweep_seconds = 0.0

    def elapsed(self) -> float:
        return time.monotonic() - self.started

    def tell(self) -> None:
        if self.report and self.cost < float("inf"):
            self.report(Incumbent(self.cost, self.bound, self.elapsed()))

    def over(self, until: float) -> bool:
        """Whether the time `until` (s since the start) has come; a stop ends the whole search."""
        if self.stop.is_set():
            raise _Stopped
        return self.elapsed() >= until

    def sweep(self, price: Ints, band: int, rate: float = 0.0) -> int:
        """All people once, in random order of their homes; then the prices learn at `rate`."""
        begun = self.elapsed()
        state = State(price, band, self.present, self.cells, self.now)
        changed = sweep_all(self.city, state, self.random.permutation(self.homes), self.crew)
        if rate:
            learn(self.city.demand, state, rate)
        self.sweep_seconds = self.elapsed() - begun
        return changed

    def settle(self, price: Ints, until: float) -> None:
        """Plain descent until next to nothing changes; the plan is legal from the first sweep on,
        because a full post takes nobody and everybody has chosen anew."""
        for _ in range(SETTLING_SWEEPS):
            changed = self.sweep(price, NO_LIMIT)
            self.keep()
            if self.over(until - self.sweep_seconds) or changed < FEW_CHANGES * len(self.cells):
                return

    def keep(self) -> None:
        """Remember the plan if it is legal and the best so far."""
        self.take(self.plan())

    def take(self, plan: Lines) -> None:
        """Remember `plan` if it is legal and the best so far."""
        judged = judge(self.problem, plan)
        if judged.legal and judged.cost < self.cost:
            self.cost, self.best = judged.cost, plan
            self.tell()

    def ascend(self, until: float) -> None:
        """Prices and a bound from them, which takes some time beyond `until`."""
        ascent, begun, steps, spent = self.ascent, self.elapsed(), 0, 0.0
        preview = begun + SWEEPS_OF_A_PREVIEW * self.sweep_seconds
        while not self.over(until):
            at = self.elapsed()
            if at > preview:
                self.raise_bound()
                self.preview()
                preview, at = 2 * at, self.elapsed()
            if steps and steps % PACING == 0:
                ascent.pace(steps / BATCHES * (1 + (until - at) / (SLOWER_LATER * spent)))
            ascent.step(min(1.0, (at - begun) / (until - begun)))
            spent += self.elapsed() - at
            steps += 1
        self.raise_bound()

    def raise_bound(self) -> None:
        """The bound that follows from the prices as they are."""
        self.bound = max(self.bound, bound_of(self.city, self.ascent.whole(), self.asking))
        self.tell()

    def preview(self) -> None:
        """A plan from the prices as they are, in two sweeps."""
        price = self.ascent.whole()
        self.sweep(price, SCALE)
        self.settle(price, 0.0)

    def round(self, price: Ints, low: float) -> None:
        """From prices to a plan: the band about them widens until nothing is left of them."""
        begun = self.elapsed()
        done = 0.0
        while done < 1.0:
            self.sweep(price, int(low * (LAST_BAND / low) ** done * SCALE), LEARNING)
            until = self.rounded - LAST_SWEEPS * self.sweep_seconds
            done = 1.0 if self.over(until) else (self.elapsed() - begun) / (until - begun)
        self.settle(price, self.rounded)

    def run(self) -> None:
        """All of it; `rounded` is when the rounding ends, and what is left of `seconds` is for
        `polishers` threads. Raises `_Stopped` when asked to end."""
        price = self.ascent.whole()
        self.settle(price, 0.0)
        first_sweep, polishing = self.sweep_seconds, POLISHING * self.seconds
        if self.polishers and polishing > SWEEPS_OF_A_POLISH * first_sweep:
            self.rounded -= polishing
        left = self.rounded - self.elapsed()
        if left < SWEEPS_OF_A_ROUNDING * first_sweep:
            self.settle(price, self.rounded)
            return
        settled = left > SWEEPS_OF_A_SEARCH * first_sweep
        if settled:
            share = min(ASCENT_SHARE * left, left - SWEEPS_KEPT * first_sweep)
            self.ascend(self.elapsed() + share)
            if left > SWEEPS_OF_A_PREVIEW * first_sweep:
                self.preview()
        self.round(self.ascent.whole(), BAND if settled else COLD_BAND)
        if self.rounded < self.seconds:
            self.polish()

    def polish(self) -> None:
        """Chains and paths on the best plan; kept if that is better."""
        if self.best is not None and not self.over(self.seconds):
            over = partial(self.over, self.seconds)
            self.take(polish(self.problem, self.best, over, self.polishers))

    def hasten(self) -> None:
        """One sweep of plain descent makes a legal plan of whatever was under way; a second
        Ctrl-C leaves it out."""
        with suppress(KeyboardInterrupt):
            self.sweep(self.ascent.whole(), NO_LIMIT)
            self.keep()

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
        price = np.maximum(self.ascent.whole(), 0) / SCALE
        return Found(nobody if self.best is None else self.best, self.bound, price)


def run(
    problem: CityProblem,
    seconds: float,
    threads: int = 2,
    report: Report | None = None,
    stop: Event | None = None,
    *,
    cluster: bool = False,
    most: Small | None = None,
    bounding: CityProblem | None = None,
) -> Found:
    """The best plan for `problem` found in about `seconds` of wall-clock time.

    Args:
        report: told (cost, bound, seconds) of each better plan or bound.
        stop: set by another thread to end soon with the best so far. Ctrl-C does the same, and
            sets it.
        cluster: ask people for their weeks on a Ray cluster; starting it is not counted.
        most: (P,) shifts of each person at most, where fewer than the problem allows.
        bounding: the bound is of this one instead, of the same shape: what `problem` leaves out
            or makes dearer is there.

    Raises:
        NoCluster: there is no Ray.
    """
    with ExitStack() as stack:
        far = stack.enter_context(closing(Cluster(problem, most))) if cluster else None
        crew = None
        if threads > 1 or cluster:
            crew = stack.enter_context(ThreadPoolExecutor(max(2, threads)))
        begun = time.monotonic()
        city = city_of(problem, most)
        search = _Search(problem, city, seconds, far or Threads(city, crew))
        search.started, search.crew = begun, crew
        search.polishers = threads if most is None else 0
        search.report = report
        search.stop = stop or search.stop
        try:
            search.run()
        except (KeyboardInterrupt, _Stopped):
            search.stop.set()
            search.hasten()
        if bounding is not None:
            other, price = city_of(bounding, most), search.ascent.whole()
            search.bound = bound_of(other, price, Threads(other, crew))
        return search.found()
