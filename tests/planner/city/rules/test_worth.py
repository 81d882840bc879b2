"""muster.planner.city.rules.worth: what a shift costs and saves is what the total then shows."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.planner.city.constraints import capacity
from muster.planner.city.fitting import room
from muster.planner.city.problem import FREE, CityProblem, Lines
from muster.planner.city.rules.worth import extra, open_slots, saved, week_costs
from tests.planner.city.cases import cities, nobody, plans, slow_parts


@settings(deadline=None, max_examples=80)
@given(plans(), st.integers(0, 27), st.integers(0, 1000))
def test_one_more_shift_changes_the_total_by_what_is_said(
    case: tuple[CityProblem, Lines], slot: int, seed: int
) -> None:
    city, plan = case
    plan[:, slot] = FREE
    served = (plan != FREE).cumsum(axis=1)
    plan[served >= city.max_shifts] = FREE
    person = seed % city.people
    line = int(np.random.default_rng(seed).integers(city.lines))
    there = capacity.present(city, plan)[line, slot]
    at = np.array([person]), np.array([line])
    cost = extra(city, plan[at[0]], *at, slot)[0]
    cost -= saved(city, at[1], np.array([slot]), there)[0]
    after = plan.copy()
    after[person, slot] = line
    totals = [sum(slow_parts(city, each).values()) for each in (plan, after)]
    assert totals[1] - totals[0] == pytest.approx(cost)


@settings(deadline=None, max_examples=60)
@given(plans())
def test_the_weeks_of_all_are_the_total_without_the_shortage(
    case: tuple[CityProblem, Lines],
) -> None:
    city, plan = case
    parts = slow_parts(city, plan)
    everybody = np.arange(city.people)
    soft = sum(cost for name, cost in parts.items() if name != "shortage")
    assert week_costs(city, plan, everybody).sum() == pytest.approx(soft)


@settings(deadline=None, max_examples=60)
@given(plans())
def test_slots_are_open_where_a_week_has_room(case: tuple[CityProblem, Lines]) -> None:
    city, plan = case
    found = open_slots(city, plan, np.arange(city.people))
    for slot in range(city.slots):
        may = room(city, plan, slot) & (plan[:, slot] == FREE) & city.person_available[:, slot]
        assert (found[:, slot] == may).all()


@given(cities())
def test_an_empty_week_is_open_where_somebody_is_there(city: CityProblem) -> None:
    found = open_slots(city, nobody(city), np.arange(city.people))
    assert (found == city.person_available).all()
