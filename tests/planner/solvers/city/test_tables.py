"""Whole units never exceed the true cost."""

import numpy as np

from muster.planner.solvers.city.tables import SCALE, crowd_of, units
from tests.planner.solvers.city.small import small


def test_units_round_down() -> None:
    costs = np.array([0.0, 0.3, 1.99999, 12.345678])
    assert (units(costs) <= costs * SCALE).all()
    assert (units(costs) > costs * SCALE - 1).all()


def test_everybody_is_listed_once_at_home() -> None:
    problem, _ = small()
    crowd = crowd_of(problem)
    assert sorted(crowd.people) == list(range(problem.people))
    for home in range(problem.compounds):
        there = crowd.people[crowd.start[home] : crowd.start[home + 1]]
        assert (problem.person_home[there] == home).all()
