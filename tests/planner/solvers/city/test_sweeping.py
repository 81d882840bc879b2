"""A sweep keeps its books, and with the band gone never makes a plan dearer."""

import numpy as np

from muster.planner.city.checker import judge
from muster.planner.solvers.city.sweeping import NO_LIMIT, State, learn, sweep, worth, worth_all
from muster.planner.solvers.city.tables import SCALE
from tests.planner.solvers.city.small import random_prices, small


def test_descent_keeps_the_books_and_the_rules() -> None:
    problem, city = small(400, seed=4)
    shape = problem.required.shape
    state = State(
        random_prices(problem, 1), NO_LIMIT, np.zeros(shape, np.int32),
        np.full((problem.people, problem.max_shifts), -1, np.int32), np.zeros(shape, np.int64),
    )  # fmt: skip
    homes = np.arange(problem.compounds)
    worth_all(city.demand, state)
    costs = []
    for _ in range(4):
        sweep(city, state, homes)
        plan = np.full((problem.people, problem.slots), -1, np.int32)
        who, which = np.nonzero(state.cells >= 0)
        taken = state.cells[who, which]
        plan[who, taken % problem.slots] = taken // problem.slots
        counted = np.bincount(state.cells[state.cells >= 0], minlength=problem.required.size)
        assert (counted.reshape(shape) == state.present).all()
        found = judge(problem, plan)
        assert found.legal
        costs.append(found.cost)
    assert costs == sorted(costs, reverse=True)


def test_worth_stays_in_the_band_and_falls_with_the_excess() -> None:
    problem, city = small()
    line, slot = (int(x[0]) for x in np.nonzero(problem.required > 0))
    price = random_prices(problem, 1)
    band = 2 * SCALE
    values = []
    for present in range(int(problem.required[line, slot]) + 3):
        there = np.zeros(problem.required.shape, np.int32)
        there[line, slot] = present
        state = State(price, band, there, np.zeros((1, 1), np.int32), np.zeros_like(price))
        values.append(worth(city.demand, state, line, slot))
    assert values == sorted(values, reverse=True)
    assert values[-1] == price[line, slot] - 3 * band


def test_prices_learn_towards_what_lacks_and_stay_between_nothing_and_the_top() -> None:
    problem, city = small()
    price, now = random_prices(problem, 1), np.zeros(problem.required.shape, np.int64)
    for present, sign in ((0, 1), (99, -1)):
        moved = price.copy()
        there = np.full(problem.required.shape, present, np.int32)
        state = State(moved, 4 * SCALE, there, np.zeros((1, 1), np.int32), now)
        learn(city.demand, state, 0.5)
        held = (moved == price).all()
        assert not held
        assert ((moved - price)[problem.required > 0] * sign >= 0).all()
        top = city.demand.weight_required + city.demand.weight_minimum
        posts = problem.required > 0
        assert (moved[posts] >= 0).all()
        assert (moved <= top[:, None]).all()
        assert (moved[~posts] == price[~posts]).all()
