"""Steps shared by the repair's tests: a plan of nobody as the kernels see it."""

import numpy as np

from muster.planner.city.constraints import capacity, week
from muster.planner.city.problem import CityProblem
from muster.planner.solvers.repair import Job, State, city_arrays, job_of
from tests.planner.city.cases import nobody


def job_on_nobody(city: CityProblem) -> Job:
    """A repair of `city` in which nobody serves yet and telling people is free."""
    plan = nobody(city)
    state = State(
        plan, capacity.present(city, plan).astype(np.int32),
        week.shifts(city, plan)[:, 0], np.zeros(city.people, dtype=bool),
    )  # fmt: skip
    return job_of(city_arrays(city), state, 0.0, 0)
