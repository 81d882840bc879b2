"""Tiny sitings and their best, found by trying everything."""

from itertools import combinations, product

import numpy as np

from muster.planner.sites.problem import Indices, SiteProblem, by_position


def estate(seed: int, buildings: int, sites: int, capacity: float | None = None) -> SiteProblem:
    """Buildings of 40 to 400 people on a square kilometre."""
    random = np.random.default_rng(seed)
    people = random.integers(40, 400, buildings).astype(float)
    return by_position(random.uniform(0, 1000, (buildings, 2)), people, sites, capacity)


def brute(problem: SiteProblem) -> float:
    """The least cost of all sitings; infinity when none is legal."""
    best = np.inf
    for opened in combinations(range(problem.candidates), problem.sites):
        best = min(best, shared_out(problem, np.array(opened)))
    return best


def shared_out(problem: SiteProblem, opened: Indices) -> float:
    cost = problem.cost[opened]
    if problem.capacity is None:
        return float(cost.min(axis=0).sum())
    best = np.inf
    for goes_to in product(range(len(opened)), repeat=problem.buildings):
        loads = np.bincount(goes_to, problem.people, minlength=len(opened))
        if loads.max() <= problem.capacity:
            best = min(best, float(cost[list(goes_to), range(problem.buildings)].sum()))
    return best
