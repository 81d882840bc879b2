"""muster.planner.solvers.city_repair: the loops agree with the checker."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.planner.city.checker import judge
from muster.planner.city.constraints import capacity, week
from muster.planner.city.problem import CityProblem
from muster.planner.solvers.city_repair import State, city_arrays, fill, job_of
from tests.planner.city.cases import cities, nobody


@settings(deadline=None, max_examples=40)
@given(cities(), st.randoms(use_true_random=False))
def test_every_fill_is_legal_and_makes_the_plan_cheaper(city: CityProblem, chance) -> None:  # type: ignore[no-untyped-def]
    plan = nobody(city)
    state = State(
        plan, capacity.present(city, plan).astype(np.int32),
        week.shifts(city, plan)[:, 0], np.zeros(city.people, dtype=bool),
    )  # fmt: skip
    cells = np.argwhere(city.required)
    chance.shuffle(order := list(range(len(cells))))
    before = judge(city, plan).cost
    for at in order[:30]:
        done = fill(job_of(city_arrays(city), state, 0.0, 0), cells[at : at + 1])
        now = judge(city, plan)
        assert now.legal
        assert now.cost < before if done[0] else now.cost == pytest.approx(before)
        before = now.cost
