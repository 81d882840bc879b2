"""The bound never passes the best siting, with a capacity or without."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.planner.sites.problem import SiteProblem
from muster.planner.solvers.sites.prices import bound, values
from tests.planner.sites.problems import brute, estate


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), with_room=st.booleans())
def test_the_bound_is_below_the_best(seed: int, with_room: bool) -> None:
    problem = estate(seed, 6, 2)
    if with_room:
        capacity = max(float(problem.people.max()), float(problem.people.sum()) * 0.6)
        problem = SiteProblem(problem.distance, problem.people, 2, capacity)
    best = brute(problem)
    if not np.isfinite(best):
        return
    found = bound(problem, best, 200)
    assert 0 <= found.value <= best + 1e-6
    assert found.value >= (0.5 if with_room else 0.8) * best  # whole buildings cost more
    assert all(len(set(opened.tolist())) == 2 for opened in found.starts)


def test_a_candidate_keeps_no_more_than_fits() -> None:
    problem = estate(2, 6, 3, capacity=700)
    _, shares = values(problem, problem.cost, np.full(6, 1e6))
    assert (shares @ problem.people) == pytest.approx(np.minimum(700, problem.people.sum()))
