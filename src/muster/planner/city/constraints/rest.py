"""Twelve hours of rest: at most one shift in any three slots in a row."""

import numpy as np

from muster.planner.city.finding import Duties, Finding, broken, duties
from muster.planner.city.problem import CityProblem, Lines

NAME = "rest"


def measure(problem: CityProblem, assignment: Lines, since: int = 0) -> Finding:
    """One breach for each shift that starts too soon after the person's shift before."""
    at = duties(assignment)
    later = Duties(at.person[1:], at.slot[1:], at.line[1:])
    soon = (np.diff(at.person) == 0) & (np.diff(at.slot) <= problem.rest_slots)
    return broken(NAME, later, soon & (later.slot >= since))
