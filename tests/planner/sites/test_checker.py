"""The checker finds what is wrong with a siting by itself."""

import numpy as np
import pytest

from muster.planner.sites.checker import judge
from muster.planner.sites.problem import by_position

PROBLEM = by_position(
    np.array([[0.0, 0], [0, 10], [0, 30]]), np.array([100.0, 200, 300]), 2, capacity=400
)


def test_a_legal_siting_is_measured() -> None:
    judged = judge(PROBLEM, np.array([0, 2]), np.array([0, 0, 2]))
    assert (judged.cost, judged.farthest, judged.loads) == (2000, 10, (300, 300))
    assert not judged.broken


@pytest.mark.parametrize(
    ("opened", "goes_to", "reason"),
    [
        ([0, 2], [0, 2, 2], "more than 400"),
        ([0], [0, 0, 0], "1 sites, not 2"),
        ([0, 0], [0, 0, 0], "1 sites, not 2"),
        ([0, 2], [0, 1, 2], "goes to no site"),
        ([0, 2], [0, 0], "goes to no site"),
    ],
)
def test_what_is_broken_is_said(opened: list[int], goes_to: list[int], reason: str) -> None:
    broken = judge(PROBLEM, np.array(opened), np.array(goes_to)).broken
    assert any(reason in each for each in broken)
