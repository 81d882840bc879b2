"""Buildings are shared out within capacities; each step saves what it says."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.planner.solvers.sites.loads import exchange, fill, loads, move, settle_loads


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_moves_and_exchanges_save_what_they_say_and_keep_room(seed: int) -> None:
    random = np.random.default_rng(seed)
    cost, people = random.uniform(0, 9, (3, 10)), random.uniform(1, 5, 10)
    goes_to = random.integers(0, 3, 10)
    used = np.bincount(goes_to, people, minlength=3)
    room = used.max() + 2 - used
    before = cost[goes_to, range(10)].sum()
    saved = move(cost, people, goes_to, room) + exchange(cost, people, goes_to, room)
    assert before - cost[goes_to, range(10)].sum() == pytest.approx(saved)
    assert (room >= -1e-9).all()
    now = np.bincount(goes_to, people, minlength=3)
    assert room == pytest.approx(used.max() + 2 - now)


def test_a_building_without_room_makes_it_infinite() -> None:
    cost, people = np.ones((1, 3)), np.array([5.0, 5, 5])
    assert fill(cost, people, np.arange(3), 9.0)[1] == np.inf
    orders = np.array([[0, 1, 2]])
    assert settle_loads(cost, people, orders, 9.0)[1] == np.inf
    assert settle_loads(cost, people, orders, 15.0)[1] == 3


def test_without_capacity_everybody_goes_to_the_nearest() -> None:
    cost = np.array([[1.0, 9], [9, 1], [5, 5]])
    goes_to, total = loads(cost, np.ones(2), np.array([0, 2]), None)
    assert (goes_to.tolist(), total) == ([0, 2], 6)


def test_one_site_takes_all_it_has_room_for() -> None:
    goes_to, total = loads(np.array([[1.0, 2]]), np.ones(2), np.array([0]), 2.0)
    assert (goes_to.tolist(), total) == ([0, 0], 3)
