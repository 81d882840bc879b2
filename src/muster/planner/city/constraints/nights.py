"""At most two nights in a row."""

import numpy as np

from muster.planner.city.finding import Duties, Finding, broken
from muster.planner.city.problem import FREE, NIGHT, CityProblem, Lines

NAME = "nights"


def measure(problem: CityProblem, assignment: Lines, since: int = 0) -> Finding:
    """One breach for each night that has already the most nights allowed right before it."""
    nights = np.flatnonzero(problem.kinds == NIGHT)
    served = assignment[:, nights] != FREE
    run = served.copy()
    limit = problem.max_nights_in_a_row
    for back in range(1, limit + 1):
        run[:, back:] &= served[:, :-back] if back < served.shape[1] else False
    run[:, :limit] = False
    person, night = np.nonzero(run)
    slot = nights[night]
    at = Duties(person, slot, assignment[person, slot])
    return broken(NAME, at, slot >= since)
