"""The bound is below every legal plan, whatever the prices."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from muster.planner.city.checker import judge
from muster.planner.solvers.city.portfolio import run
from muster.planner.solvers.city.pricing import answers, bound_of, price_people
from tests.planner.solvers.city.small import random_prices, small


@pytest.mark.parametrize("seed", range(4))
def test_no_price_puts_the_bound_above_a_legal_plan(seed: int) -> None:
    problem, city = small(150, seed)
    cost = judge(problem, run(problem, 1.0).assignment).cost
    for prices in range(5):
        assert bound_of(city, random_prices(problem, prices, 20.0 * (prices + 1))) <= cost


def test_threads_answer_as_one() -> None:
    problem, city = small()
    price = random_prices(problem, 1)
    alone, shared = (answers(problem.people, problem.max_shifts) for _ in range(2))
    price_people(city, price, city.crowd.people, alone)
    with ThreadPoolExecutor(2) as crew:
        price_people(city, price, city.crowd.people, shared, crew)
    assert (alone.cells == shared.cells).all()
    assert (alone.value == shared.value).all()


def test_who_is_not_asked_keeps_his_answer() -> None:
    problem, city = small()
    batch = (np.arange(problem.people) % 2).astype(np.int32)
    asked = city.crowd.people[batch[city.crowd.people] == 1]
    into = answers(problem.people, problem.max_shifts)
    price_people(city, random_prices(problem, 1), asked, into)
    assert (into.cells[batch == 0] == -1).all()
    assert (into.cells[batch == 1] >= 0).any()
