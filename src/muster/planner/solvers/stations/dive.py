"""Diving: fix the days the relaxation is surest of, generate again, until everything is whole."""

import numpy as np
from numpy.typing import NDArray

from muster.planner.solvers.stations.board import Schedules
from muster.planner.solvers.stations.contract import Pricer
from muster.planner.solvers.stations.generation import Generation
from muster.planner.solvers.stations.kernel import Flags
from muster.planner.solvers.stations.master import Master

_SURE = 0.9
_SHARE = 0.005
_THIN = 0.6
_ROUNDS = 8


def dive(
    pricer: Pricer,
    master: Master,
    enough: float,
    chance: np.random.Generator,
    frozen: tuple[Flags, Flags] | None = None,
) -> Schedules | None:
    """Whole schedules for the members of `master`, whose relaxation has been solved.

    Args:
        pricer: this thread's.
        master: its columns are opened and shut; more are added.
        enough: give up as soon as nothing below this cost can come of it.
        chance: breaks ties.
        frozen: masks as `Generation` has them, to begin with.

    Returns:
        (freed members, days) or ``None`` when given up.
    """
    board = master.board
    members = len(board.wishes.base)
    closed = np.zeros((members, *board.wishes.required.shape), np.bool_)
    busy = np.zeros(closed.shape[:2], np.bool_)
    if frozen is not None:
        closed, busy = (mask.copy() for mask in frozen)
    master = master.copy()
    if master.relax() is None:
        return None
    while not board.over:
        whole = master.whole()
        if whole is not None:
            return whole
        _fix(master, closed, busy, chance)
        is_open = master.narrow(closed, busy)
        step = Generation(pricer, master, (closed, busy))
        step.run(enough, _ROUNDS)
        if step.bound > enough - 1 + 1e-4:
            return None
        if is_open.sum() < _THIN * len(master.columns):
            master = _thinned(master, closed, busy)
    return None


def _thinned(master: Master, closed: Flags, busy: Flags) -> Master:
    """`master` without the columns that are shut."""
    thin = master.copy(master.narrow(closed, busy))
    thin.narrow(closed, busy)
    return thin if thin.relax() is not None else master


def _fix(
    master: Master, closed: NDArray[np.bool_], busy: NDArray[np.bool_], chance: np.random.Generator
) -> None:
    """Fix every doubtful day that is nearly sure, and the surest of the others."""
    weights = master.weights()
    used = np.flatnonzero(weights > 1e-6)
    days, shifts = closed.shape[1:]
    share = np.zeros((len(closed), days, shifts + 1))
    plans: dict[int, list[NDArray[np.int16]]] = {}
    for at in used:
        member, plan = master.columns[at]
        share[member, np.arange(days), plan] += weights[at]
        plans.setdefault(member, []).append(plan)
    score = np.where(share < 1 - 1e-5, share + chance.uniform(0, 0.02, share.shape), 0)
    sure = int((score > _SURE).sum())
    wanted = max(sure, 1 + int(_SHARE * len(master.members) * closed.shape[1]))
    order = np.argsort(score, axis=None)[::-1][:wanted]
    for m, d, s in zip(*np.unravel_index(order, score.shape), strict=True):
        staying = [plan for plan in plans.get(int(m), []) if plan[d] == (s if s < shifts else -1)]
        if score[m, d, s] <= 0.05 or not staying:
            continue
        plans[int(m)] = staying
        closed[m, d] = True
        if s < shifts:
            closed[m, d, s] = False
            busy[m, d] = True
