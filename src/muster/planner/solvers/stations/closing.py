"""The exact finish: all schedules that a better roster could still use, and a programme over them.

Under the prices that proved the bound, a roster with a schedule that is `x` dearer than its
member's best costs at least the bound + x. So a roster cheaper than the best known one takes only
schedules within the gap, and once these fit into memory an integer programme over them decides.
"""

from math import ceil, isfinite

import numpy as np
from numpy.typing import NDArray

from muster.planner.solvers.stations.board import Board
from muster.planner.solvers.stations.contract import Pricer, Schedule
from muster.planner.solvers.stations.generation import Generation
from muster.planner.solvers.stations.kernel import UNREACHED
from muster.planner.solvers.stations.master import Master
from muster.planner.solvers.stations.wishes import Longs

ROOM = 40_000
"""Schedules in all that are worth an integer programme."""


def candidates(board: Board, pricer: Pricer) -> list[tuple[int, Schedule]] | None:
    """Every schedule of everybody that a roster cheaper than the best could use; ``None`` when
    they are more than `ROOM`, or there is no bound yet. Each set of prices rules out others."""
    if board.prices is None or board.best is None:
        return None
    members = range(len(board.wishes.base))
    if board.cost * board.wishes.scale >= UNREACHED:
        return None
    first, *others = (_Gap(board, pricer, p) for p in (board.inner, board.prices) if p is not None)
    found = [(m, board.best[m]) for m in members]
    for member in members:
        every = pricer.listed(member, first.cells[member], first.most[member], ROOM - len(found))
        if every is None:
            return None
        for gap in others:
            every = every[gap.costs(member, every) <= gap.most[member]]
        found += [(member, schedule) for schedule in every]
    return found


class _Gap:
    """What each member's schedule may cost at `most` under some prices, if a roster with it is to
    be cheaper than the best; scaled as the kernel's `cells` are."""

    def __init__(self, board: Board, pricer: Pricer, prices: Longs) -> None:
        wishes = board.wishes
        members = range(len(wishes.base))
        master = Master(board, members, np.zeros_like(wishes.required))
        total = Generation(pricer, master).price(prices).bound
        spare = (int(board.cost) - 1) * wishes.scale - round(total * wishes.scale)
        self.cells = [wishes.cells(member, prices) for member in members]
        self.most = [pricer.best(m, cell)[0] + spare for m, cell in enumerate(self.cells)]

    def costs(self, member: int, schedules: NDArray[np.int16]) -> NDArray[np.int64]:
        """Of each of `schedules` (any, days)."""
        days = np.arange(schedules.shape[1])
        worked = self.cells[member].astype(np.int64)[days, schedules]
        return np.asarray(np.where(schedules >= 0, worked, 0).sum(1))


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
