"""Nobody serves farther from home than the role's radius."""

import numpy as np

from muster.planner.city.finding import Finding, broken, duties
from muster.planner.city.problem import CityProblem, Flags, Lines, Whole

NAME = "radius"


def allows(problem: CityProblem, people: Whole, lines: Whole) -> Flags:
    """(n,) is the place of ``lines[i]`` within reach of the home of ``people[i]``?"""
    radius = problem.role_radius_km[problem.line_role[lines]]
    return np.asarray(problem.distance(people, lines) <= radius)


def measure(problem: CityProblem, assignment: Lines, since: int = 0) -> Finding:
    at = duties(assignment, since)
    return broken(NAME, at, ~allows(problem, at.person, at.line))
