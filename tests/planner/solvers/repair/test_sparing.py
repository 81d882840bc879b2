"""muster.planner.solvers.repair.sparing: fewer are told, and the total still falls."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.planner.city.checker import judge
from muster.planner.city.problem import CityProblem
from muster.planner.solvers.repair import Job, chain, fill, look_ahead, spare
from muster.planner.solvers.repair.shifts import FREE, put, take
from tests.planner.city.cases import cities, tiny
from tests.planner.solvers.repair.steps import half_filled, job_on_nobody

CHARGE = 20.0


def told_cost(city: CityProblem, job: Job) -> float:
    return judge(city, job.state.plan).cost + CHARGE * int(job.state.told.sum())


@settings(deadline=None, max_examples=60)
@given(cities(), st.randoms(use_true_random=False))
def test_it_spares_only_whom_it_pays_to_spare(city: CityProblem, chance: Random) -> None:
    job, cells = half_filled(city, chance)
    job = job._replace(charge=CHARGE)
    kept, known = job.state.plan.copy(), np.array([chance.random() < 0.3] * city.people)
    job.state.told[:] = known
    look_ahead(job)
    cells = cells[~fill(job, cells)]
    chain(job, cells)
    before, told = told_cost(city, job), int(job.state.told.sum())
    spared = spare(job, kept, known)
    assert judge(city, job.state.plan).legal
    assert told - int(job.state.told.sum()) == spared
    assert (
        told_cost(city, job) < before if spared else told_cost(city, job) == pytest.approx(before)
    )
    assert np.array_equal(job.state.told, known | (job.state.plan != kept).any(axis=1))


def two_in_a_house(*slots: int) -> tuple[CityProblem, int]:
    """Two who live in one house at a post there, which wants one person in each of `slots`."""
    city = tiny(2)
    line = int(np.flatnonzero((city.line_role == 0) & (city.line_place == 0))[0])
    required = np.zeros_like(city.required)
    required[line, list(slots)] = 1
    city = replace(
        city, required=required, minimum=required.copy(),
        person_home=np.zeros(2, np.int32), person_preference=np.zeros((2, 4), np.float64),
    )  # fmt: skip
    return city, line


def test_who_must_be_told_anyway_does_what_another_would() -> None:
    city, line = two_in_a_house(5, 13)
    job = job_on_nobody(city)._replace(charge=CHARGE)
    kept = job.state.plan.copy()
    put(job.state, 0, line, 5)
    put(job.state, 1, line, 13)
    look_ahead(job)
    assert spare(job, kept, np.array([True, False])) == 1
    assert job.state.plan[:, 13].tolist() == [line, FREE]
    assert job.state.told.tolist() == [True, False]


def test_two_who_have_changed_places_change_back() -> None:
    """One gave his shift up and the other took it: neither need know."""
    city, line = two_in_a_house(5)
    job = job_on_nobody(city)._replace(charge=CHARGE)
    put(job.state, 0, line, 5)
    job.state.told[:] = False
    kept = job.state.plan.copy()
    take(job.state, 0, 5)
    put(job.state, 1, line, 5)
    job.state.told[:] = True
    look_ahead(job)
    assert spare(job, kept, np.zeros(2, bool)) == 2
    assert job.state.plan.tolist() == kept.tolist()


def test_nobody_is_spared_at_the_price_of_a_hole() -> None:
    city, line = two_in_a_house(5)
    job = job_on_nobody(city)._replace(charge=CHARGE)
    kept = job.state.plan.copy()
    put(job.state, 0, line, 5)
    look_ahead(job)
    assert spare(job, kept, np.zeros(2, bool)) == 0
    assert job.state.plan[0, 5] == line
    assert job.state.told.tolist() == [True, False]
