"""The whole search: legal, anytime, stoppable, with a bound below its cost."""

from threading import Event

import pytest

from muster.planner.city.checker import judge
from muster.planner.city.incumbent import Incumbent
from muster.planner.solvers.city.portfolio import run
from tests.planner.solvers.city.small import small


@pytest.mark.parametrize("seed", range(3))
def test_a_plan_and_a_bound_close_together(seed: int) -> None:
    problem, _ = small(500, seed)
    heard: list[Incumbent] = []
    found = run(problem, 4.0, report=heard.append)
    judgement = judge(problem, found.assignment)
    assert judgement.legal
    assert 0 < found.bound <= judgement.cost
    assert heard[-1].cost == pytest.approx(judgement.cost, rel=1e-4)
    assert [each.cost for each in heard] == sorted((each.cost for each in heard), reverse=True)


def test_a_stop_leaves_the_best_so_far() -> None:
    problem, _ = small(500)
    stop = Event()
    found = run(problem, 600.0, report=lambda _: stop.set(), stop=stop)
    judgement = judge(problem, found.assignment)
    assert judgement.legal
    assert judgement.shifts > 0
