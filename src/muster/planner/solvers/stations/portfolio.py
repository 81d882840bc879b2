"""Bound and search side by side, in threads: kernels and HiGHS leave the interpreter's lock."""

import threading

import numpy as np

from muster.planner.solvers.stations import opening
from muster.planner.solvers.stations.ascent import anneal, ascend
from muster.planner.solvers.stations.board import Board
from muster.planner.solvers.stations.closing import close
from muster.planner.solvers.stations.contract import Pricer, Schedule
from muster.planner.solvers.stations.dive import dive
from muster.planner.solvers.stations.freeing import Freeing
from muster.planner.solvers.stations.generation import Generation
from muster.planner.solvers.stations.master import Master
from muster.planner.stations.problem import StationProblem

_NOISE = 10.0
_PATIENCE = 20.0
_SWEEPS = (8, 25)
_WHOLE = 60.0
_CELLS = 50 * 182
"""Members times days from which the first prices may take `_WHOLE` seconds; less for smaller."""


def search(problem: StationProblem, board: Board, threads: int) -> None:
    """Improve `board` until its time is over or the roster is proven best.

    Raises:
        NoSchedule: somebody's own rules leave him no schedule at all.
        Exception: whatever a thread raised; the others are stopped first.
    """
    pricer = Pricer(problem)
    opening.first(board, pricer)
    failures: list[BaseException] = []

    def guarded(seed: int) -> None:
        try:
            _work(problem, board, seed)
        except BaseException as failure:  # noqa: BLE001 -- raised again in the caller's thread
            failures.append(failure)
            board.cancel()

    crew = [threading.Thread(target=guarded, args=(seed,), daemon=True) for seed in range(threads)]
    for each in crew:
        each.start()
    try:
        while not board.over and any(each.is_alive() for each in crew):
            board.stop.wait(0.05)
    finally:
        board.cancel()
        for each in crew:
            each.join(_PATIENCE)
    if failures:
        raise failures[0]


def _work(problem: StationProblem, board: Board, seed: int) -> None:
    """One thread. The first proves the bound, dives and searches in turn; the others search."""
    pricer, chance = Pricer(problem), np.random.default_rng(seed)
    freeing = Freeing(board, pricer, chance)
    if board.best is not None:
        opening.settle(board, pricer, board.best.copy(), chance, _NOISE)
    if seed:
        while not board.over:
            freeing.improve()
        return
    root = _Root(board, pricer, chance)
    tried, seconds = board.cost, 2.0
    while not board.over:
        root.dive()
        for _ in range(6):
            if not board.over:
                freeing.improve()
        if not board.over:
            seconds = seconds * 2 if board.cost == tried else 2.0
            tried = board.cost
            close(board, pricer, min(seconds, board.left / 2))


class _Root:
    """The master over everybody."""

    def __init__(self, board: Board, pricer: Pricer, chance: np.random.Generator) -> None:
        self.board, self.pricer, self.chance = board, pricer, chance
        self.outside = np.zeros(board.wishes.required.shape, np.int64)
        members = len(board.wishes.base)
        self.master, self.solved = self._fresh()

    def _fresh(self) -> tuple[Master, bool]:
        """A master with the best roster's and the kept schedules, and whether its relaxation has
        been solved to the optimum."""
        board = self.board
        members = range(len(board.wishes.base))
        master = Master(board, members, self.outside)
        if board.best is not None:
            master.add((m, board.best[m]) for m in members)
        if board.prices is None:
            master.add(self._approach(master))
        generation = Generation(board, self.pricer, master, self.outside)
        if board.prices is not None:
            generation.centre = -board.prices / board.wishes.scale
        return master, generation.run(root=True)

    def _approach(self, master: Master) -> list[tuple[int, Schedule]]:
        """Good prices, the schedules they lead to, and a first good roster."""
        board = self.board
        quick = Pricer(self.pricer.problem, strict=False)
        oracle = Generation(board, quick, master, self.outside)
        share = len(board.wishes.base) * len(board.wishes.required) / _CELLS
        found = ascend(board, oracle, min(_WHOLE * share, board.left / 8))
        for sweeps in _SWEEPS:
            if board.best is not None and not board.over:
                anneal(board, self.pricer, board.best.copy(), self.chance, sweeps)
        return found

    def dive(self) -> None:
        """One dive from the root's relaxation."""
        board = self.board
        if board.over:
            return
        found = dive(board, self.pricer, self.master, self.outside, board.cost, self.chance)
        if found is not None:
            board.offer(found)
