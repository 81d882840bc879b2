"""muster.planner.solvers.teams_start: equal sizes, and near the bound."""

import pytest

from muster.planner.solvers import teams
from muster.planner.solvers.teams import split
from muster.planner.solvers.teams_start import start
from muster.planner.teams.bounding import priced
from muster.planner.teams.splitting import broken, cost
from tests.planner.teams.test_splitting import group


def test_a_large_group_begins_near_the_bound_and_keeps_every_rule(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(teams, "LARGE", 4000)
    large = group(210, 20, 3)
    prices = priced(large, 5.0)
    begun = start(large, prices.chosen)
    assert sorted({begun.count(k) for k in range(20)}) == [10, 11]
    assert prices.bound <= cost(large, begun)
    found = split(large, 8.0)
    assert not list(broken(large, found.team, found.leader))
    assert found.bound <= found.cost
    assert found.gap < 0.25
