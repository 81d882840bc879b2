"""The whole search: legal, anytime, stoppable, with a bound below its cost."""

from threading import Event
from typing import Any

import numpy as np
import pytest

from muster.planner.city.checker import judge
from muster.planner.city.incumbent import Incumbent
from muster.planner.solvers.city.portfolio import run
from tests.planner.solvers.city.small import LOADS, small


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    """No search below spends its time on compiling."""
    run(small(60)[0], 1.0)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("rules", [{}, {"rest_slots": 1}, {"load_cost": np.array(LOADS[1])}])
def test_a_legal_plan_and_a_bound_below_it(seed: int, rules: dict[str, Any]) -> None:
    problem, _ = small(500, seed, **rules)
    heard: list[Incumbent] = []
    found = run(problem, 3.0, report=heard.append)
    judgement = judge(problem, found.assignment)
    assert judgement.legal
    assert 0 < found.bound <= judgement.cost
    assert heard[-1].cost == pytest.approx(judgement.cost, rel=1e-4)
    assert [each.cost for each in heard] == sorted((each.cost for each in heard), reverse=True)


def test_a_long_search_shows_plans_and_bounds_on_its_way() -> None:
    problem, _ = small(500)
    heard: list[Incumbent] = []
    found = run(problem, 6.0, report=heard.append)
    early = [each for each in heard if each.seconds < 3.0]
    assert len({each.bound for each in early if each.bound > 0}) > 1
    assert len({each.cost for each in early}) > 1
    assert early[-1].cost > judge(problem, found.assignment).cost


def test_a_stop_leaves_the_best_so_far() -> None:
    problem, _ = small(500)
    stop = Event()
    found = run(problem, 600.0, report=lambda _: stop.set(), stop=stop)
    judgement = judge(problem, found.assignment)
    assert judgement.legal
    assert judgement.shifts > 0
