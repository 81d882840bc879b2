"""Bound and search side by side, in threads: kernels and HiGHS leave the interpreter's lock."""

import threading

import numpy as np

from muster.planner.solvers.stations import opening
from muster.planner.solvers.stations.board import Board
from muster.planner.solvers.stations.contract import Pricer
from muster.planner.solvers.stations.dive import dive
from muster.planner.solvers.stations.freeing import Freeing
from muster.planner.solvers.stations.generation import Generation
from muster.planner.solvers.stations.master import Master
from muster.planner.stations.problem import StationProblem

_NOISE = 10.0
_COLUMNS = 150
"""Columns a member that a root master may hold before it is made anew."""


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
    for each in crew:
        while each.is_alive():
            each.join(0.1)
            if board.over:
                board.cancel()
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
    while not board.over:
        root.dive()
        for _ in range(6):
            if not board.over:
                freeing.improve()


class _Root:
    """The master over everybody."""

    def __init__(self, board: Board, pricer: Pricer, chance: np.random.Generator) -> None:
        self.board, self.pricer, self.chance = board, pricer, chance
        self.outside = np.zeros(board.wishes.required.shape, np.int64)
        members = len(board.wishes.base)
        self.free = (
            np.zeros((members, *self.outside.shape), np.bool_),
            np.zeros((members, len(self.outside)), np.bool_),
        )
        self.master = self._fresh()

    def _fresh(self) -> Master:
        """A master with the best roster's schedules, solved to the relaxation's optimum."""
        board = self.board
        members = range(len(board.wishes.base))
        master = Master(board, members, self.outside)
        if board.best is not None:
            master.add((m, board.best[m]) for m in members)
        for m in members:
            master.add((m, schedule) for schedule in board.pool[m].values())
        Generation(board, self.pricer, master, self.outside).run(root=True)
        self.solved = master.columns.copy()
        return master

    def dive(self) -> None:
        """One dive from the root's relaxation."""
        board, master = self.board, self.master
        if board.over:
            return
        found = dive(board, self.pricer, master, self.outside, board.cost, self.chance)
        if found is not None:
            board.offer(found)
        if len(master.columns) > _COLUMNS * len(board.wishes.base):
            for pool in board.pool:
                pool.clear()
            self.master = self._fresh()
            return
        master.narrow(*self.free)
        if not board.over:
            master.relax()
