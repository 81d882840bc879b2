"""Leaving candidates out never costs a better week."""

import numpy as np
import pytest

from muster.planner.solvers.city.gathering import ask, hands, list_home, relist
from muster.planner.solvers.city.programme import best_week, choice, work
from muster.planner.solvers.city.reach import City
from muster.planner.solvers.city.tables import CLOSED, NEVER, Ints
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
    who = choice(size)
    for n, (t, line, worth) in enumerate(sorted(everything)):
        who.slot[n], who.local[n], who.worth[n] = t, line, worth
    out = np.empty(week.shifts, np.int32)
    return int(best_week(week, work(week, size, len(city.demand.role)), who, len(everything), out))


@pytest.mark.parametrize("load", LOADS)
@pytest.mark.parametrize("most", [0.5, 8.0, 60.0])
def test_nothing_is_lost_by_pruning(most: float, load: list[float]) -> None:
    problem, city = small(200, seed=5, load_cost=np.array(load))
    price = random_prices(problem, 7, most)
    at = hands(city, 2 * city.week.change)
    cells = np.empty(city.week.shifts, np.int32)
    for p in range(problem.people):
        list_home(city, at.listed, price, city.crowd.home[p], int(city.crowd.roles[p]))
        assert ask(city, at, p, cells) == unpruned(city, price, p)
        assert (at.tables.stay == NEVER).all()
        assert (at.tables.last == -1).all()


def test_a_price_that_changes_is_listed_anew_even_where_it_was_not_near_the_best() -> None:
    problem, city = small(200, seed=5)
    at = hands(city, 0)
    cells = np.empty(city.week.shifts, np.int32)
    chance = np.random.default_rng(3)
    for p in range(0, problem.people, 5):
        price = random_prices(problem, 7)
        home, held = city.crowd.home[p], int(city.crowd.roles[p])
        group = home * city.week.roles + held.bit_length() - 1
        lines = city.reach.line[city.reach.start[group] : city.reach.start[group + 1]]
        list_home(city, at.listed, price, home, held)
        before = ask(city, at, p, cells)
        posts = [
            (line, t)
            for line in lines
            for t in np.flatnonzero(city.crowd.available[p] & (problem.required[line] > 0))
        ]
        if not posts:
            continue
        line, t = posts[chance.integers(len(posts))]
        price[line, t] += 10**7
        relist(city, at.listed, price[line, t], home, line * problem.slots + t)
        assert ask(city, at, p, cells) > before
        assert line * problem.slots + t in cells
