"""Who lives in a sealed or controlled compound serves there only; nobody enters a sealed one."""

import numpy as np

from muster.planner.city.finding import Finding, broken, duties
from muster.planner.city.problem import OPEN, SEALED, CityProblem, Flags, Lines, Whole

NAME = "seal"


def allows(problem: CityProblem, people: Whole, lines: Whole) -> Flags:
    """(n,) may ``people[i]`` leave home for, and enter, the place of ``lines[i]``?"""
    home, place = problem.person_home[people], problem.line_place[lines]
    free = (problem.compound_status[home] == OPEN) & (problem.compound_status[place] != SEALED)
    return np.asarray((home == place) | free)


def measure(problem: CityProblem, assignment: Lines, since: int = 0) -> Finding:
    at = duties(assignment, since)
    return broken(NAME, at, ~allows(problem, at.person, at.line))
