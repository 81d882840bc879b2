"""muster.planner.solvers.repair.fills: direct fills agree with the checker."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.planner.city.checker import judge
from muster.planner.city.problem import CityProblem
from muster.planner.solvers.repair import fill, spare
from muster.planner.solvers.repair.shifts import FREE, put
from tests.planner.city.cases import cities, tiny
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


def test_who_must_be_told_anyway_spares_another() -> None:
    """Two live in one house; one of them is told of a change anyway."""
    city = tiny(2)
    line = int(np.flatnonzero((city.line_role == 0) & (city.line_place == 0))[0])
    required = np.zeros_like(city.required)
    required[line, [5, 13]] = 1
    city = replace(
        city, required=required, minimum=required.copy(),
        person_home=np.zeros(2, np.int32), person_preference=np.zeros((2, 4), np.float64),
    )  # fmt: skip
    job = job_on_nobody(city)._replace(charge=20.0)
    put(job.state, 0, line, 5)
    put(job.state, 1, line, 13)
    assert spare(job, np.array([[1, 13]])) == 1
    assert job.state.plan[:, 13].tolist() == [line, FREE]
    assert job.state.told.tolist() == [True, False]
