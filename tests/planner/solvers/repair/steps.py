"""Steps shared by the repair's tests: a plan of nobody as the kernels see it."""

from collections.abc import Callable
from random import Random

import numpy as np
import pytest

from muster.planner.city.checker import judge
from muster.planner.city.constraints import capacity, week
from muster.planner.city.problem import CityProblem, Whole
from muster.planner.solvers.repair import Job, city_arrays, fill, job_of, state_of
from tests.planner.city.cases import nobody


def job_on_nobody(city: CityProblem) -> Job:
    """A repair of `city` in which nobody serves yet and telling people is free."""
    plan = nobody(city)
    state = state_of(
        plan, capacity.present(city, plan),
        week.shifts(city, plan)[:, 0], np.zeros(city.people, dtype=bool),
    )  # fmt: skip
    return job_of(city_arrays(city), state, 0.0, 0)


def half_filled(city: CityProblem, chance: Random) -> tuple[Job, Whole]:
    """A plan in which half of the posts, by chance, are filled; the other half (n, 2)."""
    job = job_on_nobody(city)
    cells = np.argwhere(city.required)
    chance.shuffle(order := list(range(len(cells))))
    fill(job, cells[order[: len(order) // 2]])
    return job, cells[order[len(order) // 2 :]]


def assert_each_is_legal_and_pays(
    city: CityProblem, job: Job, cells: Whole, way: Callable[[Whole], bool]
) -> None:
    """Each of `cells` that is filled makes the plan cheaper; otherwise it stays as it was."""
    before = judge(city, job.state.plan).cost
    for cell in cells:
        done = way(cell)
        now = judge(city, job.state.plan)
        assert now.legal
        assert now.cost < before if done else now.cost == pytest.approx(before)
        before = now.cost
