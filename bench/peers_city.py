"""What others do with a city's week: the clerk's greedy, and a min-cost flow slot by slot."""

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from muster.planner.city.constraints import capacity, radius, seal
from muster.planner.city.fitting import room
from muster.planner.city.problem import FREE, NIGHT, CityProblem, Lines

SCALE = 100  # flow costs are whole numbers


def greedy(problem: CityProblem) -> Lines:
    """Minimum first, then required, the dearest lines first: whoever lives nearest and is free."""
    plan = np.full((problem.people, problem.slots), FREE, np.int32)
    open_ = problem.person_available.copy()
    worked = np.zeros(problem.people, np.int64)
    holds = [(problem.person_roles >> r) & 1 > 0 for r in range(problem.roles)]
    by_weight = np.argsort(-problem.weight_minimum, kind="stable")
    for need in (problem.minimum, problem.required - problem.minimum):
        for line in by_weight:
            away = problem.compound_xy - problem.compound_xy[problem.line_place[line]]
            close = np.hypot(*away.T) <= problem.role_radius_km[problem.line_role[line]] + 1e-9
            near = np.flatnonzero(close[problem.person_home] & holds[problem.line_role[line]])
            here = np.broadcast_to(line, near.shape)
            allowed = seal.allows(problem, near, here) & radius.allows(problem, near, here)
            near, here = near[allowed], here[allowed]
            near = near[np.argsort(problem.distance(near, here), kind="stable")]
            for slot in np.flatnonzero(need[line]):
                free = near[open_[near, slot] & (worked[near] < problem.max_shifts)]
                chosen = free[: need[line, slot]]
                plan[chosen, slot] = line
                worked[chosen] += 1
                _close(problem, plan, open_, chosen, int(slot))
    return plan


def _close(
    problem: CityProblem, plan: Lines, open_: NDArray[np.bool_], chosen: Lines, slot: int
) -> None:
    """No second shift within the rest; no third night."""
    rest, day = problem.rest_slots, problem.slots_a_day
    open_[chosen, max(0, slot - rest) : slot + rest + 1] = False
    if slot % day == NIGHT:
        for other in (slot - 2 * day, slot - day, slot + day, slot + 2 * day):
            if 0 <= other < problem.slots:
                full = ~room(problem, plan[chosen], other)
                open_[chosen[full], other] = False


def flow(problem: CityProblem) -> Lines:
    """Slot by slot in time, each a min-cost flow from people to lines; no look ahead."""
    plan = np.full((problem.people, problem.slots), FREE, np.int32)
    for slot in range(problem.slots):
        fits = problem.person_available[:, slot] & room(problem, plan, slot)
        people = np.flatnonzero(fits)
        wanted = np.flatnonzero(problem.required[:, slot])
        if len(people) and len(wanted):
            person, line, cost = _arcs(problem, plan, people, wanted, slot)
            taken = _solve(problem, (person, line, cost), slot)
            plan[person[taken], slot] = line[taken]
    assert (capacity.present(problem, plan) <= problem.required).all()
    return plan


def _arcs(
    problem: CityProblem, plan: Lines, people: Lines, wanted: Lines, slot: int
) -> tuple[Lines, Lines, NDArray[np.float64]]:
    """Person, line and cost of all that everybody may do."""
    worked = np.count_nonzero(plan[people] != FREE, axis=1)
    alone = problem.load_cost[worked + 1] - problem.load_cost[worked]
    alone = alone + problem.person_preference[people, slot % problem.slots_a_day]
    found = []
    for each in range(problem.roles):
        lines = wanted[problem.line_role[wanted] == each]
        holders = np.flatnonzero((problem.person_roles[people] >> each) & 1)
        for some in np.array_split(holders, max(1, len(holders) * len(lines) // 4_000_000)):
            if not len(some) or not len(lines):
                continue
            pair = np.repeat(people[some], len(lines)), np.tile(lines, len(some))
            km = problem.distance(*pair)
            km[~(seal.allows(problem, *pair) & radius.allows(problem, *pair))] = np.inf
            km = km.reshape(len(some), len(lines))
            at, line = np.nonzero(np.isfinite(km))
            cost = km[at, line] + problem.base_travel_km + alone[some[at]]
            found.append((people[some[at]], lines[line], cost))
    return tuple(np.concatenate(part) for part in zip(*found, strict=True))


def _solve(
    problem: CityProblem, arcs: tuple[Lines, Lines, NDArray[np.float64]], slot: int
) -> NDArray[np.bool_]:
    """Which arcs carry a person."""
    person, line, cost = arcs
    people, left = np.unique(person, return_inverse=True)
    lines, right = np.unique(line, return_inverse=True)
    first = len(people)
    sink, count = first + len(lines), len(person)
    need, least = problem.required[lines, slot], problem.minimum[lines, slot]
    weight = problem.weight_required[lines]
    network = SimpleMinCostFlow()

    def add(tails: Lines, heads: Lines, room_: Lines, price: NDArray[np.float64]) -> None:
        network.add_arcs_with_capacity_and_unit_cost(
            tails, heads, room_, np.rint(price * SCALE).astype(np.int64)
        )

    nodes = first + np.arange(len(lines))
    add(left, first + right, np.ones(count, np.int64), cost)
    add(nodes, np.full_like(nodes, sink), least, -(weight + problem.weight_minimum[lines]))
    add(nodes, np.full_like(nodes, sink), need - least, -weight)
    each = np.arange(first)
    add(each, np.full(first, sink), np.ones(first, np.int64), np.zeros(first))
    network.set_nodes_supplies(np.append(each, sink), np.append(np.ones(first, np.int64), -first))
    assert network.solve() == network.OPTIMAL
    return np.asarray(network.flows(np.arange(count)) > 0)
