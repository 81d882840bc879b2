"""At most so many shifts a week (five)."""

import numpy as np

from muster.planner.city.finding import Duties, Finding, broken
from muster.planner.city.problem import FREE, CityProblem, Lines, Whole

NAME = "week"


def shifts(assignment: Lines) -> Whole:
    """(P,) shifts of each person."""
    return np.asarray(np.count_nonzero(assignment != FREE, axis=1))


def measure(problem: CityProblem, assignment: Lines, since: int = 0) -> Finding:
    """One breach for each shift too many; shown at the person's last shift."""
    over = shifts(assignment) - problem.max_shifts
    who = np.flatnonzero(over > 0)
    last = problem.slots - 1 - np.argmax(assignment[who, ::-1] != FREE, axis=1)
    at = Duties(who, last, assignment[who, last])
    return broken(NAME, at, last >= since, over[who])
