"""A first roster: everybody in turn takes his best schedule given the others, over and over.

One person adds at most one to any day and shift, so what he adds to the cost of cover is a sum over
his shifts, and his best answer to the others is exact.
"""

import numpy as np

from muster.planner.solvers.stations.board import Board, Schedules
from muster.planner.solvers.stations.contract import Pricer
from muster.planner.solvers.stations.kernel import Ints
from muster.planner.stations.errors import NoSchedule

_PATIENCE = 3


def first(board: Board, pricer: Pricer) -> Schedules:
    """A legal roster, member by member.

    Raises:
        NoSchedule: naming everybody whose own rules leave him no schedule at all.
    """
    wishes = board.wishes
    schedules = np.full((len(wishes.base), len(wishes.required)), -1, np.int16)
    presence = np.zeros(wishes.required.shape, np.int64)
    stuck = []
    for member in range(len(schedules)):
        prices = wishes.marginal(presence) * wishes.scale
        _, schedule = pricer.best(member, wishes.cells(member, prices))
        if schedule is None:
            stuck.append(pricer.problem.members[member].id)
            continue
        schedules[member] = schedule
        presence += wishes.presence(schedule[None])
    if stuck:
        raise NoSchedule(reason=", ".join(stuck), members=tuple(stuck))
    board.offer(schedules)
    return schedules


def settle(
    board: Board, pricer: Pricer, schedules: Schedules, chance: np.random.Generator, noise: float
) -> Schedules:
    """Best answers in random order until nobody gains; prices are shaken by up to `noise` units of
    cost while it cools, so that ties fall differently each time."""
    wishes = board.wishes
    presence = wishes.presence(schedules)
    quiet = 0
    while quiet < _PATIENCE and not board.over:
        before = wishes.cost(schedules)
        for member in chance.permutation(len(schedules)):
            presence -= wishes.presence(schedules[member][None])
            prices = wishes.marginal(presence) * wishes.scale
            _, answer = pricer.best(
                member, _shaken(wishes.cells(member, prices), chance, noise * wishes.scale)
            )
            if answer is not None:
                schedules[member] = answer
            presence += wishes.presence(schedules[member][None])
        quiet = 0 if wishes.cost(schedules) < before else quiet + 1
        noise *= 0.7
        board.offer(schedules)
    return schedules


def _shaken(cell: Ints, chance: np.random.Generator, noise: float) -> Ints:
    width = max(1, int(noise))
    return np.asarray(cell + chance.integers(0, width, cell.shape, np.int32), np.int32)
