"""The more shifts somebody has in the week, the dearer each further one."""

import math

import numpy as np

from muster.planner.city.constraints.week import shifts
from muster.planner.city.finding import Finding
from muster.planner.city.problem import CityProblem, Lines

NAME = "load"


def measure(problem: CityProblem, assignment: Lines, since: int = 0) -> Finding:
    """The cost over the whole week; a week above the limit costs as one at it."""
    worked = np.minimum(shifts(problem, assignment), problem.max_shifts)
    people = np.bincount(worked.reshape(-1), minlength=problem.max_shifts + 1)
    return Finding(NAME, int(people[1:].sum()), math.fsum((people * problem.load_cost).tolist()))
