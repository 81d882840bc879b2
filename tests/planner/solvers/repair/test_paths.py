"""muster.planner.solvers.repair.paths: paths agree with the checker, and are of any length."""

from dataclasses import replace
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.planner.city.problem import CityProblem, Whole
from muster.planner.solvers.repair import fill, look_ahead
from muster.planner.solvers.repair.chains import ENOUGH
from muster.planner.solvers.repair.paths import find_path, go
from muster.planner.solvers.repair.shifts import put, saved
from tests.planner.city.cases import cities, tiny
from tests.planner.solvers.repair.steps import (
    assert_each_is_legal_and_pays,
    half_filled,
    job_on_nobody,
)


@settings(deadline=None, max_examples=40)
@given(cities(), st.randoms(use_true_random=False))
def test_every_path_is_legal_and_makes_the_plan_cheaper(city: CityProblem, chance: Random) -> None:
    job, cells = half_filled(city, chance)
    look_ahead(job)

    def take_path(cell: Whole) -> bool:
        line, slot = map(int, cell)
        worth = float(saved(job.city, job.state.present[line, slot], line, slot)) - ENOUGH
        found = bool(worth > 0 and find_path(job, slot, line, worth))
        if found:
            go(job, slot, line)
        return found

    assert_each_is_legal_and_pays(city, job, cells[:30], take_path)


def test_a_search_leaves_its_scratch_clean_and_remembers_what_was_in_vain() -> None:
    city = tiny(1)
    job = job_on_nobody(city)
    look_ahead(job)
    job.slots.able[:] = False
    line, slot = map(int, np.argwhere(city.required)[0])
    job.slots.far[slot, line] = 0
    assert not find_path(job, slot, line, 70.0)
    assert np.isinf(job.way.dist).all()
    assert not job.way.shut.any()
    assert job.slots.far[slot, line] == 70


def test_four_move_up_where_two_are_not_enough() -> None:
    """Person k serves in role k and could in role k + 1, where nobody can stand in but the one
    before him; role 3 is empty, and only role 0 knows somebody free."""
    city, posts = tiny(4), range(4)
    role, place = city.line_role.copy(), city.line_place.copy()
    role[:4], place[:4] = posts, 0
    required = np.zeros_like(city.required)
    required[:4, 13] = 1
    same = np.full_like(city.weight_required, 50)
    city = replace(
        city, required=required, minimum=required.copy(), line_role=role, line_place=place,
        weight_required=same, weight_minimum=same,
        person_home=np.zeros(4, np.int32), person_roles=np.array([3, 6, 12, 1], np.uint16),
    )  # fmt: skip
    job = job_on_nobody(city)
    for person in range(3):
        put(job.state, person, posts[person], 13)
    assert not fill(job, np.array([[posts[3], 13]]))[0]
    look_ahead(job)
    assert find_path(job, 13, posts[3], 100.0)
    go(job, 13, posts[3])
    assert job.state.plan[:, 13].tolist() == [posts[1], posts[2], posts[3], posts[0]]


def test_a_post_that_can_better_do_without_ends_a_path() -> None:
    city = tiny(1)
    posts = np.flatnonzero(city.line_place == 0)[:2].tolist()
    required = np.zeros_like(city.required)
    required[posts, 13] = 1
    weight = np.full_like(city.weight_required, 50)
    weight[posts[1]] = 500
    city = replace(
        city, required=required, minimum=np.zeros_like(required), weight_required=weight,
        person_home=np.zeros(1, np.int32),
    )  # fmt: skip
    job = job_on_nobody(city)
    put(job.state, 0, posts[0], 13)
    look_ahead(job)
    assert find_path(job, 13, posts[1], 500.0)
    go(job, 13, posts[1])
    assert job.state.plan[0, 13] == posts[1]


def test_one_who_comes_nearer_to_his_home_pays_for_a_hole_as_large() -> None:
    """Both posts are worth the same; he lives at the second."""
    city = tiny(1)
    near = int(np.flatnonzero((city.line_role == 0) & (city.line_place == 0))[0])
    far = int(np.flatnonzero((city.line_role == 0) & (city.line_place == 1))[0])
    required = np.zeros_like(city.required)
    required[[near, far], 13] = 1
    city = replace(
        city, required=required, minimum=np.zeros_like(required),
        weight_required=np.full_like(city.weight_required, 50),
        person_home=np.zeros(1, np.int32),
    )  # fmt: skip
    job = job_on_nobody(city)
    put(job.state, 0, far, 13)
    look_ahead(job)
    assert find_path(job, 13, near, 50.0)
    go(job, 13, near)
    assert job.state.plan[0, 13] == near
