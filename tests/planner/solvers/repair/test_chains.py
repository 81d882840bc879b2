"""muster.planner.solvers.repair.chains: a chain agrees with the checker, and goes over slots."""

from dataclasses import replace
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.planner.city.problem import CityProblem
from muster.planner.solvers.repair import chain, fill, look_ahead
from muster.planner.solvers.repair.shifts import FREE, put
from tests.planner.city.cases import cities, tiny
from tests.planner.solvers.repair.steps import (
    assert_each_is_legal_and_pays,
    half_filled,
    job_on_nobody,
)


@settings(deadline=None, max_examples=40)
@given(cities(), st.randoms(use_true_random=False), st.booleans())
def test_every_chain_is_legal_and_makes_the_plan_cheaper(
    city: CityProblem, chance: Random, again: bool
) -> None:
    job, cells = half_filled(city, chance)
    look_ahead(job)
    if again:  # a stale estimate costs time, not truth
        job.slots.far[:] = 0
    assert_each_is_legal_and_pays(
        city, job, cells[:30], lambda cell: bool(chain(job, cell[None])[0])
    )


def test_a_post_in_another_slot_is_left_and_filled_by_a_path() -> None:
    """Persons 0 and 1 may serve on post 0, persons 1 and 2 on post 1. Only person 0 is there in
    slot 13, and he rests for his shift in slot 14. He leaves it; person 1 takes it over from post
    1, and person 2, who is free, comes to post 1."""
    city, posts = tiny(3), range(2)
    role, place = city.line_role.copy(), city.line_place.copy()
    role[:2], place[:2] = posts, 0
    required = np.zeros_like(city.required)
    required[0, 13] = required[0, 14] = required[1, 14] = 1
    available = np.zeros_like(city.person_available)
    available[:, 14], available[0, 13] = True, True
    weight = np.full_like(city.weight_required, 50)
    city = replace(
        city, required=required, minimum=required.copy(), line_role=role, line_place=place,
        weight_required=weight, weight_minimum=weight, person_available=available,
        person_home=np.zeros(3, np.int32), person_roles=np.array([1, 3, 2], np.uint16),
    )  # fmt: skip
    job = job_on_nobody(city)
    put(job.state, 0, 0, 14)
    put(job.state, 1, 1, 14)
    hole = np.array([[0, 13]])
    assert not fill(job, hole)[0]
    look_ahead(job)
    assert chain(job, hole)[0]
    assert job.state.plan[:, 13].tolist() == [0, FREE, FREE]
    assert job.state.plan[:, 14].tolist() == [FREE, 0, 1]


def test_a_chain_that_costs_more_than_was_thought_leaves_all_as_it_was() -> None:
    """Person 0 could leave slot 14 for slot 13, where he is worth no more, and nobody is behind
    him, whatever the estimate says."""
    city = tiny(1)
    required = np.zeros_like(city.required)
    required[0, 13:15] = 1
    city = replace(
        city, required=required, minimum=required.copy(), person_home=np.zeros(1, np.int32)
    )
    job = job_on_nobody(city)
    put(job.state, 0, 0, 14)
    job.state.told[:] = False
    look_ahead(job)
    job.slots.far[:] = 0
    before = [array.copy() for array in (*job.state[:4], *job.slots[:4])]
    assert not chain(job, np.array([[0, 13]]))[0]
    for was, array in zip(before, (*job.state[:4], *job.slots[:4]), strict=True):
        assert np.array_equal(array, was)
