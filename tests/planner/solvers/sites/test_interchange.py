"""What an exchange is said to save is what it saves."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.planner.solvers.sites.interchange import (
    greedy,
    interchange,
    nearest,
    priced,
    settle,
)


def costs(seed: int, candidates: int = 9, buildings: int = 12) -> np.ndarray:
    return np.random.default_rng(seed).uniform(0, 100, (candidates, buildings))


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), sites=st.integers(2, 5))
def test_the_price_of_an_exchange_is_the_difference_of_totals(seed: int, sites: int) -> None:
    cost, opened = costs(seed), np.arange(sites)
    places, ways = np.empty(12, np.int64), np.empty((12, 2))
    total = settle(cost, opened, places, ways)
    saved, closing = priced(cost, 8, places, ways, np.empty(sites))
    totals = []
    for place in range(sites):
        other = opened.copy()
        other[place] = 8
        totals.append(cost[other].min(axis=0).sum())
    assert saved == pytest.approx(total - min(totals))
    assert closing == int(np.argmin(totals))


def test_no_single_exchange_is_left_that_saves() -> None:
    cost, opened = costs(3, 20, 40), np.arange(4)
    total = interchange(cost, opened)
    assert total == pytest.approx(cost[opened].min(axis=0).sum())
    for place in range(4):
        for candidate in set(range(20)) - set(opened.tolist()):
            other = opened.copy()
            other[place] = candidate
            assert cost[other].min(axis=0).sum() >= total - 1e-6


def test_greedy_takes_the_best_one_first() -> None:
    cost = costs(4)
    opened = greedy(cost, 3)
    assert opened[0] == cost.sum(axis=1).argmin()
    assert len(set(opened.tolist())) == 3


def test_nearest_and_second_nearest() -> None:
    cost = np.array([[3.0], [1.0], [2.0]])
    assert nearest(cost, np.array([0, 1, 2]), 0) == (1, 1.0, 2.0)
