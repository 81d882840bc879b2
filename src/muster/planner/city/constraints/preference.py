"""A shift of a kind that somebody does not like costs what he said."""

import math

import numpy as np

from muster.planner.city.finding import Finding, duties
from muster.planner.city.problem import CityProblem, Lines

NAME = "preference"


def measure(problem: CityProblem, assignment: Lines, since: int = 0) -> Finding:
    """The cost over the whole week; `count` is the shifts that somebody does not like."""
    at = duties(assignment)
    costs = problem.person_preference[at.person, at.slot % problem.slots_a_day]
    return Finding(NAME, int(np.count_nonzero(costs)), math.fsum(costs.tolist()))
