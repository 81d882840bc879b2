"""What all threads know: the best roster, the proven bound, useful schedules, the clock."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf

import numpy as np
from numpy.typing import NDArray

from muster.planner.solvers.stations.wishes import Longs, Wishes

Schedules = NDArray[np.int16]


@dataclass
class Board:
    """Shared by the threads of one search. `deadline` in seconds of the monotonic clock; `stop`
    ends everything soon; `prices` (days, shifts), scaled, prove a bound of `worth`, `inner`
    ones nearly the same from the middle of all that do; `changed` is called with (cost, bound,
    seconds) from any thread."""

    wishes: Wishes
    deadline: float
    changed: Callable[[float, float, float], None]
    stop: threading.Event = field(default_factory=threading.Event)
    started: float = field(default_factory=time.monotonic)
    cost: float = inf
    bound: float = 0
    best: Schedules | None = None
    prices: Longs | None = None
    worth: float = -inf
    inner: Longs | None = None
    cancels: list[Callable[[], None]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def left(self) -> float:
        """Seconds until the deadline."""
        return self.deadline - time.monotonic()

    @property
    def over(self) -> bool:
        """Is it time to stop, or nothing left to find?"""
        return self.stop.is_set() or self.cost <= self.bound or self.left <= 0

    def offer(self, schedules: Schedules) -> bool:
        """Keep `schedules` (members, days) if they are the best so far."""
        cost = self.wishes.cost(schedules)
        with self.lock:
            if cost >= self.cost:
                return False
            self.cost, self.best = cost, schedules.copy()
        self._tell()
        return True

    def prove(self, bound: float) -> None:
        """No roster costs less than `bound`."""
        with self.lock:
            if bound <= self.bound:
                return
            self.bound = min(bound, self.cost)
        self._tell()

    def price(self, prices: Longs, bound: float) -> None:
        """`prices` (days, shifts) prove `bound`; the best such prices are kept."""
        with self.lock:
            if bound <= self.worth:
                return
            self.prices, self.worth = prices, bound
        self.prove(float(np.ceil(bound - 1e-9)))

    def cancel(self) -> None:
        """Stop all threads, also inside a solver."""
        self.stop.set()
        for each in list(self.cancels):
            each()

    def _tell(self) -> None:
        self.changed(self.cost, self.bound, time.monotonic() - self.started)
