"""The exact finish: all schedules that a better roster could still use, and a programme over them.

Under the prices that proved the bound, a roster with a schedule that is `x` dearer than its
member's best costs at least the bound + x. So a roster cheaper than the best known one takes only
schedules within the gap, and once these fit into memory an integer programme over them decides.
"""

from math import ceil, isfinite

import numpy as np

from muster.planner.solvers.stations.board import Board
from muster.planner.solvers.stations.contract import Pricer, Schedule
from muster.planner.solvers.stations.generation import Generation
from muster.planner.solvers.stations.master import Master

ROOM = 40_000
"""Schedules in all that are worth an integer programme."""


def candidates(board: Board, pricer: Pricer) -> list[tuple[int, Schedule]] | None:
    """Every schedule of everybody that a roster cheaper than the best could use; ``None`` when
    they are more than `ROOM`, or there is no bound yet."""
    wishes = board.wishes
    prices = board.prices if board.inner is None else board.inner
    if prices is None or board.best is None:
        return None
    cost, best = int(board.cost), board.best
    members = range(len(wishes.base))
    outside = np.zeros(wishes.required.shape, np.int64)
    master = Master(board, members, outside)
    total = Generation(pricer, master).price(prices).bound
    spare = (cost - 1) * wishes.scale - round(total * wishes.scale)
    found = [(m, best[m]) for m in members]
    for member in members:
        cell = wishes.cells(member, prices)
        least, _ = pricer.best(member, cell)
        every = pricer.listed(member, cell, least + spare, ROOM - len(found))
        if every is None:
            return None
        found += [(member, schedule) for schedule in every]
    return found


def close(board: Board, pricer: Pricer, seconds: float) -> bool:
    """Look for a better roster among all schedules that allow one, for `seconds`.

    Returns:
        True when that settled it: the best roster is proven best.
    """
    found = candidates(board, pricer)
    if found is None or board.best is None:
        return False
    cost = board.cost
    master = Master(board, range(len(board.wishes.base)), np.zeros_like(board.wishes.required))
    master.add(found)
    better = master.integer(seconds, board.best)
    if better is not None:
        board.offer(better)
    if isfinite(master.proven()):
        board.prove(min(cost, ceil(master.proven() - 1e-6)))
    return board.cost <= board.bound
