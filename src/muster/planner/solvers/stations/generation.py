"""Column generation: the master's prices, the best schedule of each member under them, again.

The prices are smoothed towards those that gave the best bound (Wentges). Every pricing round proves
a Lagrangian bound; it is added up in whole numbers, so that no rounding can make it too high.
"""

from dataclasses import dataclass
from math import inf

import numpy as np

from muster.planner.solvers.stations.contract import Pricer, Schedule
from muster.planner.solvers.stations.kernel import NEVER, Flags
from muster.planner.solvers.stations.master import Master
from muster.planner.solvers.stations.wishes import Longs, Prices

_BETTER = 1e-6
_CLOSE = 1e-2


@dataclass
class Round:
    """What a pricing round found: `bound` in units of cost, schedules and their scaled costs."""

    bound: float
    found: list[tuple[int, Schedule]]


class Generation:
    """Generates columns for `master`. `masks` narrow what may change: where nobody may work
    (members of the board, days, shifts) and where one must (members of the board, days)."""

    def __init__(
        self, pricer: Pricer, master: Master, masks: tuple[Flags, Flags] | None = None
    ) -> None:
        self.board, self.pricer, self.master = master.board, pricer, master
        self.masks = masks
        self.bound = -inf
        self.centre: Prices | None = None
        self.value = inf

    def whole(self, duals: Prices) -> Longs:
        """Prices of working at (days, shifts), scaled to whole numbers."""
        wishes = self.board.wishes
        prices = np.rint(-duals * wishes.scale).astype(np.int64)
        return np.clip(prices, -wishes.under * wishes.scale, wishes.over * wishes.scale)

    def price(self, prices: Longs) -> Round:
        """The best schedule of every member under `prices` and the bound they prove together."""
        wishes = self.board.wishes
        total = -int((prices * self.master.required).sum())
        found = []
        for member in self.master.members:
            cell = wishes.cells(member, prices)
            off = None
            if self.masks is not None:
                closed, busy = self.masks
                cell[closed[member]] = NEVER
                off = np.where(busy[member], NEVER, 0).astype(np.int32)
            cost, schedule = self.pricer.best(member, cell, off)
            total += cost + int(wishes.base[member]) * wishes.scale
            if schedule is not None:
                found.append((member, schedule))
        return Round(total / wishes.scale, found)

    def run(self, enough: float = inf, rounds: int = 10_000, *, root: bool = False) -> bool:
        """Generate until the relaxation is solved, or the bound reaches `enough`.

        Returns:
            True when solved; False when stopped, out of rounds or the bound is high enough.
        """
        for _ in range(rounds):
            relaxed = None if self.board.over else self.master.relax()
            if relaxed is None:
                return False
            self.value, duals, own = relaxed
            smooth = 0.7
            while True:
                mixed = (
                    duals if self.centre is None else smooth * self.centre + (1 - smooth) * duals
                )
                fresh = self._step(mixed, duals, own, root=root)
                if self.bound > enough - 1 + 1e-4:
                    return False
                if fresh or self.centre is None or smooth == 0.0 or self.board.over:
                    break
                smooth = 0.0
            if not fresh or self.value - self.bound < 1e-3:
                return not self.board.over
        return False

    def centre_prices(self, rounds: int) -> None:
        """Look for prices from the middle of the best ones, for `Board.inner`: under them fewer
        schedules are as cheap as the best. The relaxation has been solved before."""
        for _ in range(rounds):
            relaxed = None if self.board.over else self.master.relax(inner=True)
            if relaxed is None:
                break
            whole = self.whole(relaxed[1])
            priced = self.price(whole)
            if priced.bound > self.board.worth - _CLOSE:
                self.board.inner = whole
            if not self.master.add(priced.found):
                break
        self.master.relax()

    def _step(self, mixed: Prices, duals: Prices, own: Prices, *, root: bool) -> int:
        """Price `mixed`; add what improves under the master's `duals`; how many were new."""
        whole = self.whole(mixed)
        priced = self.price(whole)
        if priced.bound > self.bound:
            self.bound, self.centre = priced.bound, -whole / self.board.wishes.scale
            if root:
                self.board.price(whole, priced.bound)
        good = [
            (member, schedule)
            for member, schedule in priced.found
            if self._reduced(member, schedule, duals, own) < -_BETTER
        ]
        return self.master.add(good)

    def _reduced(self, member: int, schedule: Schedule, duals: Prices, own: Prices) -> float:
        days = np.flatnonzero(schedule >= 0)
        worked = schedule[days]
        cost = self.board.wishes.request[member, days, worked].sum()
        return float(cost - duals[days, worked].sum() - own[self.master.row_of[member]])
