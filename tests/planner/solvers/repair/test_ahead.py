"""muster.planner.solvers.repair.ahead: how far a post is, as searches find it."""

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.planner.city.problem import CityProblem
from muster.planner.solvers.repair import look_ahead
from muster.planner.solvers.repair.paths import find_path
from muster.planner.solvers.repair.shifts import saved
from tests.planner.city.cases import cities
from tests.planner.solvers.repair.steps import half_filled


@settings(deadline=None, max_examples=40)
@given(cities(), st.randoms(use_true_random=False))
def test_a_post_is_as_far_as_a_search_finds(city: CityProblem, chance: Random) -> None:
    job, cells = half_filled(city, chance)
    look_ahead(job)
    far = job.slots.far.copy()
    for line, slot in cells[:30].tolist():
        present = job.state.present[line, slot]
        short = saved(job.city, present - 1, line, slot) if present else np.inf
        job.slots.far[slot] = 0
        find_path(job, slot, line, min(short, 1e9))
        found = job.way.found[2]
        assert far[slot, line] == pytest.approx(found, abs=1e-3) or found == 1e9


@settings(deadline=None, max_examples=20)
@given(cities(), st.randoms(use_true_random=False))
def test_threads_see_the_same(city: CityProblem, chance: Random) -> None:
    job, _ = half_filled(city, chance)
    look_ahead(job)
    alone = job.slots.far.copy()
    look_ahead(job, threads=3)
    assert np.array_equal(job.slots.far, alone)
