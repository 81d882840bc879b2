"""Good prices before any linear programme: subgradient steps with momentum on the Lagrangian bound.

A pricing round costs milliseconds, a simplex over a year's columns minutes. The prices that come
out prove nearly the same bound, their schedules start the master, and annealing from them to what a
place is really worth rounds to a first good roster.
"""

import numpy as np

from muster.planner.solvers.stations.board import Board, Schedules
from muster.planner.solvers.stations.contract import Pricer, Schedule
from muster.planner.solvers.stations.generation import Generation
from muster.planner.solvers.stations.wishes import Longs, Prices

ROUNDS = 250
_MOMENTUM = 0.75
_PATIENCE = 12
_KEPT = 40
"""Rounds whose schedules are worth keeping: the last ones, near the best prices."""


def ascend(board: Board, oracle: Generation, seconds: float) -> list[tuple[int, Schedule]]:
    """Raise the bound of `board` for at most `ROUNDS` rounds and `seconds`.

    Returns:
        The schedules of the last rounds, for a master.
    """
    wishes = board.wishes
    low, high = -wishes.under.astype(np.float64), wishes.over.astype(np.float64)
    until, step, idle, best = board.left - seconds, 1.0, 0, -np.inf
    price = np.where(wishes.required > 0, low, high) * 0.02
    top, direction = price, np.zeros_like(price)
    found: list[list[tuple[int, Schedule]]] = []
    for _ in range(ROUNDS):
        if board.over or board.left < until:
            break
        whole = oracle.whole(-price)
        priced = oracle.price(whole)
        found = [*found[-_KEPT + 1 :], priced.found]
        if priced.bound > best + 1e-6:
            idle, top = 0, whole / wishes.scale
            best = priced.bound
            board.price(whole, best)
        else:
            idle += 1
        if idle >= _PATIENCE:
            idle, step, price, direction = 0, step / 2, top, direction * 0
        plans = np.array([schedule for _, schedule in priced.found])
        slope = wishes.presence(plans) - wishes.required
        direction = _MOMENTUM * direction + (1 - _MOMENTUM) * slope
        price = _moved(price, direction, step * (board.cost - priced.bound), low, high)
        if step < 1e-3:
            break
    return [pair for each in found for pair in each if oracle.pricer.legal(*pair)]


def _moved(price: Prices, direction: Prices, reach: float, low: Prices, high: Prices) -> Prices:
    """`price` after a step along `direction` inside the box, in which cover is bought off."""
    stuck = ((price <= low) & (direction < 0)) | ((price >= high) & (direction > 0))
    free = np.where(stuck, 0, direction)
    return np.asarray(np.clip(price + reach * free / max(1.0, float((free**2).sum())), low, high))


def anneal(
    board: Board, pricer: Pricer, schedules: Schedules, chance: np.random.Generator, sweeps: int
) -> Schedules:
    """Sweeps of best answers under a mixture that goes from the board's prices to the true worth
    of each place given the others."""
    wishes, prices = board.wishes, board.prices
    if prices is None:
        return schedules
    presence = wishes.presence(schedules)
    for sweep in range(sweeps):
        share = min(1.0, (sweep + 1) / max(1, sweeps - 1))
        for member in chance.permutation(len(schedules)):
            if board.over:
                return schedules
            presence -= wishes.presence(schedules[member][None])
            mixed = _mixed(prices, wishes.marginal(presence) * wishes.scale, share)
            _, answer = pricer.best(int(member), wishes.cells(int(member), mixed))
            if answer is not None:
                schedules[member] = answer
            presence += wishes.presence(schedules[member][None])
        board.offer(schedules)
    return schedules


def _mixed(prices: Longs, worth: Longs, share: float) -> Longs:
    return np.rint((1 - share) * prices + share * worth).astype(np.int64)
