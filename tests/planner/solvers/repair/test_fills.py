"""muster.planner.solvers.repair.fills: direct fills agree with the checker."""

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.planner.city.checker import judge
from muster.planner.city.problem import CityProblem
from muster.planner.solvers.repair import fill
from tests.planner.city.cases import cities
from tests.planner.solvers.repair.steps import job_on_nobody


@settings(deadline=None, max_examples=40)
@given(cities(), st.randoms(use_true_random=False))
def test_every_fill_is_legal_and_makes_the_plan_cheaper(city: CityProblem, chance: Random) -> None:
    job = job_on_nobody(city)
    cells = np.argwhere(city.required)
    chance.shuffle(order := list(range(len(cells))))
    before = judge(city, job.state.plan).cost
    for at in order[:30]:
        done = fill(job, cells[at : at + 1])
        now = judge(city, job.state.plan)
        assert now.legal
        assert now.cost < before if done[0] else now.cost == pytest.approx(before)
        before = now.cost
