"""Bound and search side by side, in threads: kernels and HiGHS leave the interpreter's lock."""

import threading
import time

import numpy as np

from muster.planner.solvers.stations import opening
from muster.planner.solvers.stations.ascent import anneal, ascend
from muster.planner.solvers.stations.board import Board
from muster.planner.solvers.stations.closing import close
from muster.planner.solvers.stations.contract import Pricer
from muster.planner.solvers.stations.dive import dive
from muster.planner.solvers.stations.freeing import Freeing
from muster.planner.solvers.stations.generation import Generation
from muster.planner.solvers.stations.master import Master
from muster.planner.stations.problem import StationProblem

_NOISE = 10.0
_FAREWELL = 5.0
"""Seconds in which a thread should notice that it is to stop; it is left behind after that."""
_SWEEPS = (8, 25)
_ROOT = 0.4
"""Share of the time that the relaxation may take."""
_INNER = 5
_TRIES = 6
"""Neighbourhoods between two dives."""
_PROOF, _PATIENCE = 2.0, 6.0
"""Seconds for the first exact programme, and how much longer each time it fails."""
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
        until = time.monotonic() + _FAREWELL
        for each in crew:
            each.join(max(0.0, until - time.monotonic()))
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
    root = _root(board, pricer, chance)
    tried, seconds = board.cost, _PROOF
    while not board.over:
        found = None if root is None else dive(pricer, root, board.cost, chance)
        if found is not None:
            board.offer(found)
        freeing.improve(_TRIES)
        if not board.over:
            seconds = seconds * _PATIENCE if board.cost == tried else _PROOF
            tried = board.cost
            close(board, pricer, min(seconds, 0.8 * board.left))


def _root(board: Board, pricer: Pricer, chance: np.random.Generator) -> Master | None:
    """The master over everybody, its relaxation solved: with that the bound is proven. ``None``
    when that takes too long to leave time for anything else."""
    wishes = board.wishes
    members = range(len(wishes.base))
    master = Master(board, members, np.zeros_like(wishes.required))
    oracle = Generation(Pricer(pricer.problem, strict=False), master)
    share = len(members) * len(wishes.required) / _CELLS
    found = ascend(board, oracle, min(_WHOLE * share, board.left / 8))
    for sweeps in _SWEEPS:
        if board.best is not None and not board.over:
            anneal(board, pricer, board.best.copy(), chance, sweeps)
    if board.best is not None:
        master.add((m, board.best[m]) for m in members)
    master.add(found)
    master.until = board.deadline - board.left * (1 - _ROOT)
    generation = Generation(pricer, master)
    if board.prices is not None:
        generation.centre = -board.prices / wishes.scale
    if not generation.run(root=True):
        return None
    master.until = board.deadline
    generation.centre_prices(_INNER)
    return master
