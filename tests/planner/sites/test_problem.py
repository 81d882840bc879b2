"""A siting that cannot be is refused, with what to do."""

import numpy as np
import pytest

from muster.planner.sites.errors import BadSites
from muster.planner.sites.problem import SiteProblem, by_position

SQUARE = np.array([[0.0, 0], [30, 40], [0, 100]])


def test_distances_are_as_the_crow_flies() -> None:
    problem = by_position(SQUARE, np.array([1.0, 2, 3]), 1, where=np.array([0, 2]))
    assert problem.distance.tolist()[0] == [0, 50, 100]
    assert (problem.candidates, problem.buildings) == (2, 3)
    assert problem.cost[0].tolist() == [0, 100, 300]


@pytest.mark.parametrize(
    ("people", "sites", "capacity", "reason"),
    [
        ([1.0, 2, 3], 4, None, "4 sites do not go into 3"),
        ([1.0, 2, 3], 0, None, "0 sites"),
        ([1.0, 2], 1, None, "different buildings"),
        ([1.0, -2, 3], 1, None, "negative"),
        ([100.0, 900, 100], 2, 800.0, "split it into its stairs"),
        ([500.0, 500, 500], 1, 800.0, "at least 2 are needed"),
    ],
)
def test_what_cannot_be_is_named(
    people: list[float], sites: int, capacity: float | None, reason: str
) -> None:
    with pytest.raises(BadSites, match=reason):
        by_position(SQUARE, np.array(people), sites, capacity)


def test_an_island_is_named() -> None:
    with pytest.raises(BadSites, match="reached"):
        SiteProblem(np.array([[0.0, np.inf]]), np.ones(2), 1)
    with pytest.raises(BadSites, match="no building"):
        SiteProblem(np.empty((0, 0)), np.empty(0), 1)
