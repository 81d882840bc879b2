"""Which building goes to which open site when each takes only so many people.

Buildings with most to lose choose first; then single moves and exchanges of two, while they save.
"""

import numpy as np

from muster.kernel.compiling import compiled
from muster.planner.sites.problem import Indices, Numbers


@compiled
def fill(cost: Numbers, people: Numbers, order: Indices, capacity: float) -> tuple[Indices, float]:
    """Send buildings in `order` to the cheapest site (row of `cost`) with room; the total, or
    infinity where one finds no room."""
    sites = len(cost)
    room = np.full(sites, capacity)
    goes_to = np.full(len(people), -1, np.int64)
    total = 0.0
    for building in order:
        best, least = -1, np.inf
        for site in range(sites):
            if people[building] <= room[site] and cost[site, building] < least:
                best, least = site, cost[site, building]
        if best < 0:
            return goes_to, np.inf
        goes_to[building] = best
        room[best] -= people[building]
        total += least
    return goes_to, total


@compiled
def move(cost: Numbers, people: Numbers, goes_to: Indices, room: Numbers) -> float:
    """Move single buildings to a cheaper site with room; what that saves."""
    saved = 0.0
    for building in range(len(people)):
        here = goes_to[building]
        for site in range(len(cost)):
            less = cost[here, building] - cost[site, building]
            if less > 1e-9 and people[building] <= room[site]:
                room[here] += people[building]
                room[site] -= people[building]
                here = site
                saved += less
        goes_to[building] = here
    return saved


@compiled
def exchange(cost: Numbers, people: Numbers, goes_to: Indices, room: Numbers) -> float:
    """Exchange two buildings of different sites where that saves and fits; what it saves."""
    saved = 0.0
    for one in range(len(people)):
        for other in range(one + 1, len(people)):
            a, b = goes_to[one], goes_to[other]
            if a == b:
                continue
            less = cost[a, one] + cost[b, other] - cost[b, one] - cost[a, other]
            more = people[other] - people[one]
            if less > 1e-9 and more <= room[a] and -more <= room[b]:
                goes_to[one], goes_to[other] = b, a
                room[a] -= more
                room[b] += more
                saved += less
    return saved


@compiled
def settle_loads(
    cost: Numbers, people: Numbers, orders: Indices, capacity: float
) -> tuple[Indices, float]:
    """The best of filling in each of `orders` (orders, buildings), improved; infinity: no room."""
    best = np.full(len(people), -1, np.int64)
    least = np.inf
    for turn in range(len(orders)):
        goes_to, total = fill(cost, people, orders[turn], capacity)
        if total == np.inf:
            continue
        room = np.full(len(cost), capacity)
        for building in range(len(people)):
            room[goes_to[building]] -= people[building]
        while True:
            saved = move(cost, people, goes_to, room) + exchange(cost, people, goes_to, room)
            total -= saved
            if saved <= 1e-9:
                break
        if total < least:
            best, least = goes_to, total
    return best, least


def loads(
    cost: Numbers, people: Numbers, opened: Indices, capacity: float | None
) -> tuple[Indices, float]:
    """The candidate each building goes to, and the total; infinity where a building has no room."""
    mine = np.ascontiguousarray(cost[opened])
    if capacity is None:
        nearest = mine.argmin(axis=0)
        return opened[nearest], float(mine.min(axis=0).sum())
    ranked = np.partition(mine, 1, axis=0) if len(mine) > 1 else np.vstack([mine, mine])
    regret = np.argsort(-(ranked[1] - ranked[0]), kind="stable")
    orders = np.array([regret, np.argsort(-people, kind="stable")], dtype=np.int64)
    goes_to, total = settle_loads(mine, people, orders, float(capacity))
    return (opened[goes_to] if np.isfinite(total) else goes_to), float(total)
