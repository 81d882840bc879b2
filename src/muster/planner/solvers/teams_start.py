"""Where a search for large groups begins: sizes kept by a flow, units as their prices part them."""

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import min_cost_flow

from muster.planner.teams.group import Group
from muster.planner.teams.splitting import SPLIT_UNIT_KM, cost, way

METRES, ROUNDS = 1000, 6


def start(group: Group, chosen: NDArray[np.int64]) -> list[int]:
    """A team for each person, all of equal size; `chosen` (people,) what each takes at the prices.

    Whoever goes where nobody of his unit is pays for it alone; after each flow the units are where
    it has put them. Leaders, pairs and skills are not minded: the search mends them.
    """
    km = np.array([[way(group, i, k) for k in range(len(group.teams))] for i in range(len(chosen))])
    units: dict[str, list[int]] = defaultdict(list)
    for i, member in enumerate(group.members):
        units[member.unit or f" {i}"].append(i)
    best, now = [int(k) for k in chosen], chosen
    for turn in range(ROUNDS):
        costs = km.copy()
        for people in units.values():
            away = np.ones(km.shape[1], np.bool_)
            away[now[people]] = False
            costs[np.ix_(people, np.flatnonzero(away))] += SPLIT_UNIT_KM
        now = _flow(costs)
        team = [int(k) for k in now]
        if turn == 0 or cost(group, team) < cost(group, best):
            best = team
    return best


def _flow(costs: NDArray[np.float64]) -> NDArray[np.int64]:
    """(people,) the cheapest teams of equal size for (people, teams) costs, nothing else minded."""
    people, teams = costs.shape
    low, more = divmod(people, teams)
    flow = min_cost_flow.SimpleMinCostFlow()
    tails, heads = np.divmod(np.arange(people * teams), teams)
    whole = np.rint(costs.ravel() * METRES).astype(np.int64)
    flow.add_arcs_with_capacity_and_unit_cost(
        tails, people + heads, np.ones(people * teams, np.int64), whole
    )
    sink = people + teams
    nodes, ones = people + np.arange(teams), np.ones(teams, np.int64)
    flow.add_arcs_with_capacity_and_unit_cost(nodes, ones * sink, ones, ones * 0)
    flow.set_nodes_supplies(np.arange(people), np.ones(people, np.int64))
    flow.set_nodes_supplies(nodes, -low * ones)
    flow.set_nodes_supplies(np.array([sink]), np.array([-more]))
    flow.solve()
    used = np.array([flow.flow(a) for a in range(people * teams)]).reshape(people, teams)
    return used.argmax(axis=1)
