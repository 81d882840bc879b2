"""Who serves on a line holds its role."""

import numpy as np

from muster.planner.city.finding import Finding, broken, duties
from muster.planner.city.problem import CityProblem, Flags, Lines, Whole

NAME = "role"


def allows(problem: CityProblem, people: Whole, lines: Whole) -> Flags:
    """(n,) does ``people[i]`` hold the role of ``lines[i]``?"""
    roles = problem.person_roles[people].astype(np.int64)
    return np.asarray((roles >> problem.line_role[lines]) & 1 == 1)


def measure(problem: CityProblem, assignment: Lines, since: int = 0) -> Finding:
    at = duties(assignment, since)
    return broken(NAME, at, ~allows(problem, at.person, at.line))
