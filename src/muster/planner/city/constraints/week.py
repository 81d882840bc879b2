"""At most so many shifts a week (five)."""

import numpy as np

from muster.planner.city.finding import Duties, Finding, broken
from muster.planner.city.problem import FREE, CityProblem, Lines, Whole

NAME = "week"


def shifts(problem: CityProblem, assignment: Lines) -> Whole:
    """(P, weeks) shifts of each person in each week."""
    first = np.arange(0, problem.slots, problem.week_slots)
    return np.asarray(np.add.reduceat((assignment != FREE).astype(np.int64), first, axis=1))


def measure(problem: CityProblem, assignment: Lines, since: int = 0) -> Finding:
    """One breach for each shift too many; shown at the person's last shift of that week."""
    over = shifts(problem, assignment) - problem.max_shifts
    who, week = np.nonzero(over > 0)
    end = np.minimum((week + 1) * problem.week_slots, problem.slots)
    served = (assignment[who] != FREE) & (np.arange(problem.slots) < end[:, None])
    last = problem.slots - 1 - np.argmax(served[:, ::-1], axis=1)
    at = Duties(who, last, assignment[who, last])
    return broken(NAME, at, last >= since, over[who, week])
