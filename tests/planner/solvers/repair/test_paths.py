"""muster.planner.solvers.repair.paths: paths agree with the checker; chains find less."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.planner.city.checker import judge
from muster.planner.city.problem import CityProblem
from muster.planner.solvers.repair import chain, fill, path
from muster.planner.solvers.repair.shifts import put
from tests.planner.city.cases import cities, tiny
from tests.planner.solvers.repair.steps import job_on_nobody


@settings(deadline=None, max_examples=40)
@given(cities(), st.randoms(use_true_random=False))
def test_every_path_is_legal_and_makes_the_plan_cheaper(city: CityProblem, chance: Random) -> None:
    job = job_on_nobody(city)
    cells = np.argwhere(city.required)
    chance.shuffle(order := list(range(len(cells))))
    fill(job, cells[order[: len(order) // 2]])
    before = judge(city, job.state.plan).cost
    for at in order[len(order) // 2 :][:30]:
        done = path(job, cells[at : at + 1])
        now = judge(city, job.state.plan)
        assert now.legal
        assert now.cost < before if done[0] else now.cost == pytest.approx(before)
        before = now.cost


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
    hole = np.array([[posts[3], 13]])
    assert not fill(job, hole)[0]
    assert not chain(job, hole)[0]
    assert path(job, hole)[0]
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
    assert path(job, np.array([[posts[1], 13]]))[0]
    assert job.state.plan[0, 13] == posts[1]
