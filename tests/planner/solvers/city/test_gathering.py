"""Leaving candidates out never costs a better week."""

import numpy as np
import pytest

from muster.planner.solvers.city.gathering import gather, hands, list_home
from muster.planner.solvers.city.programme import best_week, choice, work
from muster.planner.solvers.city.reach import City
from muster.planner.solvers.city.tables import CLOSED, Ints
from tests.planner.solvers.city.small import LOADS, random_prices, small


def unpruned(city: City, price: Ints, p: int) -> int:
    """The best week over all that a person may take, nothing left out."""
    reach, crowd, week = city.reach, city.crowd, city.week
    everything = []
    for role in range(week.roles):
        if not crowd.roles[p] >> role & 1:
            continue
        group = crowd.home[p] * week.roles + role
        for i in range(reach.start[group], reach.start[group + 1]):
            for t in np.flatnonzero(crowd.available[p]):
                worth = price[reach.line[i], t] - reach.travel[i]
                worth -= crowd.dislike[p, crowd.kind[t]]
                if price[reach.line[i], t] != CLOSED:
                    everything.append((int(t), int(reach.line[i]), int(worth)))
    size = len(everything) + 1
    who, last = choice(size), {}
    for n, (t, line, worth) in enumerate(sorted(everything)):
        who.slot[n], who.line[n], who.worth[n] = t, line, worth
        who.before[n] = last.get(line, -1)
        last[line] = n
    out = np.empty(week.shifts, np.int32)
    return int(best_week(week, work(week, size), who, len(everything), out))


@pytest.mark.parametrize("load", LOADS)
@pytest.mark.parametrize("most", [0.5, 8.0, 60.0])
def test_nothing_is_lost_by_pruning(most: float, load: list[float]) -> None:
    problem, city = small(200, seed=5, load_cost=np.array(load))
    price = random_prices(problem, 7, most)
    at = hands(city, 2 * city.week.change)
    nothing = np.empty(0, np.int32)
    for p in range(problem.people):
        list_home(city, at.listed, price, city.crowd.home[p], int(city.crowd.roles[p]))
        n = gather(city, at, price, p, nothing)
        assert best_week(city.week, at.tables, at.who, n, at.out) == unpruned(city, price, p)
        assert (at.last_of == -1).all()


def test_a_post_held_already_is_a_candidate_even_where_it_is_not_listed() -> None:
    problem, city = small(200, seed=5)
    price = random_prices(problem, 7)
    at = hands(city, 0)
    for p in range(problem.people):
        home = city.crowd.home[p]
        group = home * city.week.roles + int(problem.person_roles[p]).bit_length() - 1
        reachable = city.reach.line[city.reach.start[group] : city.reach.start[group + 1]]
        for line in reachable:
            for t in np.flatnonzero(city.crowd.available[p] & (problem.required[line] > 0)):
                own = np.array([line * problem.slots + t], np.int32)
                list_home(city, at.listed, price, home, 0)
                at.listed.start[:] = 0
                gather(city, at, price + 10**6, p, own)
                assert at.counted[0] == 1
                return
