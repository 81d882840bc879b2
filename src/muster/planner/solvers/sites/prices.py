"""A lower bound by prices: each building pays to be served, each candidate keeps who pays enough.

Subgradient steps on the Lagrangian of "every building goes to a site". With a capacity a candidate
keeps as much of its best payers as fit, the last in part, which stays a bound. Each set of prices
names the sites worth opening, which are handed on as a start.
"""

from dataclasses import dataclass

import numpy as np

from muster.planner.sites.problem import Indices, Numbers, SiteProblem

HALVE_AFTER = 20
"""Steps without a better bound before the step is halved."""
SMALLEST = 1e-3


@dataclass(slots=True)
class Bound:
    """The best bound so far, and sites that its prices opened, latest last."""

    value: float
    starts: list[Indices]


def values(problem: SiteProblem, cost: Numbers, prices: Numbers) -> tuple[Numbers, Numbers]:
    """What each candidate gains by serving its payers (at most 0), and the share of each building
    that it serves."""
    gain = np.minimum(0.0, cost - prices)
    if problem.capacity is None:
        return gain.sum(axis=1), (gain < 0).astype(float)
    people = np.maximum(problem.people, 1e-9)
    order = np.argsort(gain / people, axis=1, kind="stable")
    size = people[order] * (np.take_along_axis(gain, order, axis=1) < 0)
    before = np.cumsum(size, axis=1) - size
    share = np.clip((problem.capacity - before) / people[order], 0.0, 1.0) * (size > 0)
    total = (np.take_along_axis(gain, order, axis=1) * share).sum(axis=1)
    shares = np.zeros_like(gain)
    np.put_along_axis(shares, order, share, axis=1)
    return total, shares


def bound(problem: SiteProblem, target: float, steps: int) -> Bound:
    """Raise the bound for `steps` steps, `target` being the cost of the best siting known
    (infinity: none is)."""
    cost = problem.cost
    target = target if np.isfinite(target) else float(cost.max(axis=0).sum())
    prices = np.partition(cost, min(problem.sites, len(cost) - 1), axis=0)[
        min(problem.sites, len(cost) - 1)
    ].copy()
    best, stride, since = Bound(0.0, []), 1.5, 0
    for _ in range(steps):
        gains, shares = values(problem, cost, prices)
        opened = np.argpartition(gains, problem.sites - 1)[: problem.sites]
        value = float(prices.sum() + gains[opened].sum())
        since += 1
        if value > best.value + 1e-9:
            best.value, since = value, 0
            best.starts.append(opened.astype(np.int64))
        slope = 1.0 - shares[opened].sum(axis=0)
        length = float((slope**2).sum())
        if since >= HALVE_AFTER:
            stride, since = stride / 2, 0
        if length < 1e-12 or stride < SMALLEST or best.value >= target - 1e-6:
            break
        prices = np.maximum(0.0, prices + stride * (1.02 * target - value) / length * slope)
    return best
