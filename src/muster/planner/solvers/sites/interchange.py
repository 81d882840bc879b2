"""Interchange without capacities: exchange a site for another place while that saves walking.

One pass over the buildings prices a candidate against every open site at once (Whitaker 1983): what
the candidate saves, and what each site's closing would cost then.
"""

import numpy as np

from muster.kernel.compiling import compiled
from muster.planner.sites.problem import Indices, Numbers


@compiled
def nearest(cost: Numbers, opened: Indices, building: int) -> tuple[int, float, float]:
    """The place in `opened` of the nearest site, its cost, and that of the second nearest."""
    place, first, second = 0, np.inf, np.inf
    for index in range(len(opened)):
        value = cost[opened[index], building]
        if value < first:
            place, first, second = index, value, first
        elif value < second:
            second = value
    return place, first, second


@compiled
def priced(
    cost: Numbers, candidate: int, places: Indices, ways: Numbers, loss: Numbers
) -> tuple[float, int]:
    """What opening `candidate` saves together with the best site to close, and that site."""
    loss[:] = 0.0
    gain = 0.0
    for building in range(cost.shape[1]):
        value, first = cost[candidate, building], ways[building, 0]
        if value < first:
            gain += first - value
        else:
            loss[places[building]] += min(value, ways[building, 1]) - first
    closing = int(np.argmin(loss))
    return gain - loss[closing], closing


@compiled
def settle(cost: Numbers, opened: Indices, places: Indices, ways: Numbers) -> float:
    """Write each building's site and two ways; the total."""
    total = 0.0
    for building in range(cost.shape[1]):
        place, first, second = nearest(cost, opened, building)
        places[building], ways[building, 0], ways[building, 1] = place, first, second
        total += first
    return total


@compiled
def interchange(cost: Numbers, opened: Indices) -> float:
    """Exchange sites of `opened` (changed in place) until no exchange saves anything; the total."""
    candidates, buildings = cost.shape
    places, ways = np.empty(buildings, np.int64), np.empty((buildings, 2))
    loss = np.empty(len(opened))
    is_open = np.zeros(candidates, np.bool_)
    is_open[opened] = True
    total = settle(cost, opened, places, ways)
    while True:
        best, opening, closing = 1e-9 * (1.0 + total), -1, -1
        for candidate in range(candidates):
            if is_open[candidate]:
                continue
            saved, which = priced(cost, candidate, places, ways, loss)
            if saved > best:
                best, opening, closing = saved, candidate, which
        if opening < 0:
            return total
        is_open[opened[closing]], is_open[opening] = False, True
        opened[closing] = opening
        total = settle(cost, opened, places, ways)


@compiled
def greedy(cost: Numbers, sites: int) -> Indices:
    """Open one site after another, each time the one that saves most."""
    candidates, buildings = cost.shape
    ways = np.full(buildings, np.inf)
    opened = np.empty(sites, np.int64)
    for turn in range(sites):
        best, which = np.inf, -1
        for candidate in range(candidates):
            total = 0.0
            for building in range(buildings):
                total += min(ways[building], cost[candidate, building])
            if total < best and not (opened[:turn] == candidate).any():
                best, which = total, candidate
        opened[turn] = which
        for building in range(buildings):
            ways[building] = min(ways[building], cost[which, building])
    return opened
