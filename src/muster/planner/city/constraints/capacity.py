"""Never more people on a line in a slot than it requires."""

import numpy as np

from muster.planner.city.finding import Duties, Finding, broken, duties
from muster.planner.city.problem import FREE, CityProblem, Lines, Whole

NAME = "capacity"


def present(problem: CityProblem, assignment: Lines) -> Whole:
    """(L, T) people on each line in each slot."""
    at = duties(assignment)
    cells = at.line.astype(np.int64) * problem.slots + at.slot
    counted = np.bincount(cells, minlength=problem.lines * problem.slots)
    return counted.reshape(problem.lines, problem.slots)


def measure(problem: CityProblem, assignment: Lines, since: int = 0) -> Finding:
    over = present(problem, assignment) - problem.required
    over[:, :since] = 0
    line, slot = np.nonzero(over > 0)
    at = Duties(np.full(len(line), FREE), slot, line.astype(np.int32))
    return broken(NAME, at, over[line, slot] > 0, over[line, slot])
