"""The exact programme finds what trying everything finds."""

import numpy as np
import pytest

from muster.planner.sites.problem import SiteProblem
from muster.planner.solvers.sites.exact import exact
from tests.planner.sites.problems import brute, estate


@pytest.mark.parametrize("capacity", [None, 900.0])
def test_the_programme_is_exact(capacity: float | None) -> None:
    problem = estate(8, 6, 2, capacity)
    found = exact(problem, seconds=20)
    assert found is not None
    goes_to, cost, lower = found
    assert cost == pytest.approx(brute(problem)) == pytest.approx(lower)
    assert len(set(goes_to.tolist())) <= 2


def test_what_has_no_room_is_not_found() -> None:
    problem = SiteProblem(np.ones((3, 3)), np.array([60.0, 60, 60]), 2, 100)
    assert exact(problem, seconds=5) is None


def test_a_large_problem_is_not_tried() -> None:
    with pytest.raises(ValueError, match="more than"):
        exact(estate(1, 100, 3), seconds=1)
