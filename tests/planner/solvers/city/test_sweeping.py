"""A sweep keeps its books, and with the band gone never makes a plan dearer."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from muster.planner.city.checker import judge
from muster.planner.city.problem import CityProblem, Lines
from muster.planner.solvers.city.reach import city_of
from muster.planner.solvers.city.sweeping import (
    NO_LIMIT,
    State,
    crowded,
    learn,
    sweep_all,
    thin_out,
    worth,
)
from muster.planner.solvers.city.tables import SCALE, Small
from tests.planner.solvers.city.small import random_prices, small


def empty(problem: CityProblem, band: int) -> State:
    """Nobody serves, at random prices."""
    shape = problem.required.shape
    return State(
        random_prices(problem, 1), band, np.zeros(shape, np.int32),
        np.full((problem.people, problem.max_shifts), -1, np.int32), np.zeros(shape, np.int64),
    )  # fmt: skip


def plan_of(problem: CityProblem, state: State) -> Lines:
    plan = np.full((problem.people, problem.slots), -1, np.int32)
    who, which = np.nonzero(state.cells >= 0)
    taken = state.cells[who, which]
    plan[who, taken % problem.slots] = taken // problem.slots
    return plan


def counted(problem: CityProblem, state: State) -> Small:
    """(L, T) people at each post by their own shifts."""
    posts = np.bincount(state.cells[state.cells >= 0], minlength=problem.required.size)
    return posts.astype(np.int32).reshape(problem.required.shape)


def test_descent_keeps_the_books_and_the_rules() -> None:
    problem, city = small(400, seed=4)
    state = empty(problem, NO_LIMIT)
    homes = np.arange(problem.compounds)
    costs = []
    for _ in range(4):
        sweep_all(city, state, homes, None)
        assert (counted(problem, state) == state.present).all()
        found = judge(problem, plan_of(problem, state))
        assert found.legal
        costs.append(found.cost)
    assert costs == sorted(costs, reverse=True)


def test_a_sweep_says_how_many_shifts_it_changed() -> None:
    problem, city = small(400, seed=4)
    state = empty(problem, 2 * SCALE)
    homes = np.arange(problem.compounds)
    assert sweep_all(city, state, homes, None) == (state.cells >= 0).sum()
    before = [set(cells[cells >= 0]) for cells in state.cells]
    changed = sweep_all(city, state, homes, None)
    after = [set(cells[cells >= 0]) for cells in state.cells]
    assert changed == sum(len(new - old) for new, old in zip(after, before, strict=True))
    assert changed > 0


@pytest.mark.parametrize("seed", range(3))
def test_threads_keep_the_books_and_descent_by_them_is_legal(seed: int) -> None:
    problem, city = small(2_000, seed)
    homes = np.random.default_rng(seed).permutation(problem.compounds)
    state = empty(problem, 2 * SCALE)
    with ThreadPoolExecutor(4) as crew:
        for band in (state.band, state.band, NO_LIMIT):
            state = state._replace(band=band)
            sweep_all(city, state, homes, crew)
            assert (counted(problem, state) == state.present).all()
    assert judge(problem, plan_of(problem, state)).legal


def test_who_is_one_too_many_chooses_once_more() -> None:
    """What two threads do when both take the last place, done by hand."""
    problem, city = small(2_000)
    state = empty(problem, NO_LIMIT)
    homes = np.arange(problem.compounds)
    sweep_all(city, state, homes, None)
    line, slot = (int(x[0]) for x in np.nonzero(state.present == problem.required.clip(1)))
    problem.required[line, slot] -= 1
    problem.minimum[line, slot] = min(problem.minimum[line, slot], problem.required[line, slot])
    tight = city_of(problem)
    there = (state.cells == line * problem.slots + slot).any(axis=1)
    over = crowded(tight.demand, state, tight.crowd, homes)
    assert set(over) == set(problem.person_home[there])
    thin_out(tight, state, homes)
    assert judge(problem, plan_of(problem, state)).legal


def test_worth_stays_in_the_band_and_falls_with_the_excess() -> None:
    problem, city = small()
    line, slot = (int(x[0]) for x in np.nonzero(problem.required > 0))
    price = random_prices(problem, 1)
    band = 2 * SCALE
    nobody = np.zeros(problem.required.shape, np.int32)
    state = State(price, band, nobody, np.zeros((1, 1), np.int32), np.zeros_like(price))
    most = int(problem.required[line, slot]) + 3
    values = [worth(city.demand, state, line, slot, n) for n in range(most)]
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
