"""Prices rise where people lack, and the bound with them."""

import numpy as np

from muster.planner.solvers.city.prices import Ascent, groups_of
from muster.planner.solvers.city.pricing import bound_of
from tests.planner.solvers.city.small import small


def test_the_bound_grows() -> None:
    problem, city = small(600, seed=2)
    ascent = Ascent(problem, city)
    before = bound_of(city, ascent.whole())
    for k in range(1500):
        ascent.step(k / 1500)
    after = bound_of(city, ascent.whole())
    assert after > before
    assert after > 0
    assert (ascent.market.price >= 0).all()
    assert (ascent.market.price <= ascent.market.top).all()


def test_groups_are_of_one_place_or_one_neighbourhood() -> None:
    problem, _ = small(600, seed=2)
    posts = np.flatnonzero(problem.required.ravel() > 0)
    groups = groups_of(problem, posts)
    assert np.unique(groups.of).tolist() == list(range(groups.number))
    place = problem.line_place[posts // problem.slots]
    by_place, by_slot = groups.of[:, 0], groups.of[:, 1]
    assert all(len(set(place[by_place == g])) == 1 for g in np.unique(by_place))
    assert all(len(set(posts[by_slot == g] % problem.slots)) == 1 for g in np.unique(by_slot))


def test_less_time_takes_longer_steps() -> None:
    problem, city = small()
    ascent = Ascent(problem, city)
    steps = []
    for rounds in (1.0, 6.0, 12.0, 24.0, 500.0):
        ascent.pace(rounds)
        steps.append(ascent.steps.copy())
    assert (np.diff(steps[:4], axis=0) < 0).all()
    assert (steps[3] == steps[4]).all()
