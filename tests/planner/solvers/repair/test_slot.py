"""muster.planner.solvers.repair.slot: who could serve, and for what, as shift by shift."""

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.planner.city.problem import CityProblem
from muster.planner.solvers.repair import chain, look_ahead
from muster.planner.solvers.repair.shifts import FREE, away, extra, fits, put, take
from muster.planner.solvers.repair.slot import changed, see_all
from tests.planner.city.cases import cities
from tests.planner.solvers.repair.steps import half_filled


@settings(deadline=None, max_examples=40)
@given(cities(), st.randoms(use_true_random=False))
def test_a_slot_says_what_a_shift_in_it_costs(city: CityProblem, chance: Random) -> None:
    job, _ = half_filled(city, chance)
    see_all(job)
    slots, slot = job.slots, chance.randrange(city.slots)
    for person in range(city.people):
        now = int(job.state.plan[person, slot])
        assert slots.now[slot, person] == now
        able = now != FREE or fits(job.city, job.state, person, slot)
        assert bool(slots.able[slot, person]) == able
        if not able:
            continue
        if now != FREE:
            take(job.state, person, slot)
        line = chance.randrange(city.lines)
        changes = changed(slots.before[slot, person], slots.after[slot, person], line)
        km = away(job.city, city.person_home[person], city.line_place[line])
        cost = slots.own[slot, person] + km + changes * city.change_cost
        assert cost == pytest.approx(extra(job.city, job.state, person, line, slot), rel=1e-5)
        if now != FREE:
            expected = extra(job.city, job.state, person, now, slot)
            put(job.state, person, now, slot)
            assert slots.stays[slot, person] == pytest.approx(expected, rel=1e-5)


@settings(deadline=None, max_examples=40)
@given(cities(), st.randoms(use_true_random=False))
def test_chains_keep_it_up_to_date(city: CityProblem, chance: Random) -> None:
    job, cells = half_filled(city, chance)
    look_ahead(job)
    chain(job, cells)
    kept = [array.copy() for array in job.slots]
    *seen, _, bound = kept
    see_all(job)
    able = job.slots.able
    for before, array in zip(seen, job.slots[:-2], strict=True):
        assert np.array_equal(before[able], array[able])
    assert (bound >= job.slots.gain).all()
    assert np.array_equal(kept[0], able)
