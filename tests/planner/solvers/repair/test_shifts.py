"""muster.planner.solvers.repair.shifts: who may serve, and for what, as the checker says."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.planner.city.checker import judge
from muster.planner.city.problem import CityProblem
from muster.planner.solvers.repair.shifts import extra, fits, put, saved, span, take
from tests.planner.city.cases import cities
from tests.planner.solvers.repair.steps import job_on_nobody


@settings(deadline=None, max_examples=40)
@given(cities(), st.randoms(use_true_random=False))
def test_a_shift_that_fits_is_legal_and_costs_what_it_says(
    city: CityProblem, chance: Random
) -> None:
    job = job_on_nobody(city)
    for _ in range(30):
        person, line = chance.randrange(city.people), chance.randrange(city.lines)
        slot = chance.randrange(city.slots)
        start, end = span(job, line)
        near = city.person_home[person] in job.near.home[start:end]
        able = city.person_roles[person] >> city.line_role[line] & 1
        full = job.state.present[line, slot] >= city.required[line, slot]
        if not near or not able or full:
            continue
        before = judge(city, job.state.plan)
        may = fits(job.city, job.state, person, slot)
        if not may and job.state.plan[person, slot] != -1:
            continue  # he serves there already
        cost = extra(job.city, job.state, person, line, slot)
        worth = saved(job.city, job.state.present[line, slot], line, slot)
        put(job.state, person, line, slot)
        after = judge(city, job.state.plan)
        assert after.legal == may
        if may:
            assert after.cost == pytest.approx(before.cost + cost - worth)
        else:
            assert take(job.state, person, slot) == line
            assert judge(city, job.state.plan).cost == pytest.approx(before.cost)
