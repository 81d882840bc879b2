"""muster.planner.solvers.repair.slot: who could serve, and for what, as shift by shift."""

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.planner.city.problem import CityProblem
from muster.planner.solvers.repair import fill
from muster.planner.solvers.repair.shifts import FREE, extra, fits, put, take
from muster.planner.solvers.repair.slot import offers, slot_of, stay
from tests.planner.city.cases import cities
from tests.planner.solvers.repair.steps import job_on_nobody


@settings(deadline=None, max_examples=40)
@given(cities(), st.randoms(use_true_random=False))
def test_offers_are_what_the_shift_costs(city: CityProblem, chance: Random) -> None:
    job = job_on_nobody(city)
    cells = np.argwhere(city.required)
    chance.shuffle(order := list(range(len(cells))))
    fill(job, cells[order[: len(order) // 2]])
    slot = chance.randrange(city.slots)
    here = slot_of(job, slot)
    for person in range(city.people):
        now = int(job.state.plan[person, slot])
        assert bool(here.able[person]) == (now != FREE or fits(job.city, job.state, person, slot))
        if now != FREE:
            take(job.state, person, slot)
            expected = extra(job.city, job.state, person, now, slot)
            put(job.state, person, now, slot)
            assert here.stays[person] == pytest.approx(expected)
            stay(job.city, here, person, now)
            assert here.stays[person] == pytest.approx(expected)
    for line in range(city.lines):
        first, last = offers(job, here, line)
        assert offers(job, here, line) == (first, last)
        for person, cost in zip(here.person[first:last], here.cost[first:last], strict=True):
            now = int(job.state.plan[person, slot])
            if now != FREE:
                take(job.state, int(person), slot)
            assert cost == pytest.approx(extra(job.city, job.state, int(person), line, slot))
            if now != FREE:
                put(job.state, int(person), now, slot)
