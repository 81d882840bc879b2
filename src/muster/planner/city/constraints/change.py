"""A shift on another line than the same person's shift before costs a change."""

import numpy as np

from muster.planner.city.finding import Finding, duties
from muster.planner.city.problem import CityProblem, Lines

NAME = "change"


def measure(problem: CityProblem, assignment: Lines, since: int = 0) -> Finding:
    """The cost over the whole week; `count` is the changes."""
    at = duties(assignment)
    changes = int(np.count_nonzero((np.diff(at.person) == 0) & (np.diff(at.line) != 0)))
    return Finding(NAME, changes, changes * problem.change_cost)
