"""Who is pinned to a line in a slot serves there."""

import numpy as np

from muster.planner.city.finding import Duties, Finding, broken
from muster.planner.city.problem import CityProblem, Lines
from muster.planner.city.rules.model import Rules

NAME = "pinned"


def measure(city: CityProblem, rules: Rules, assignment: Lines, since: int = 0) -> Finding:
    person, line, slot = rules.pinned.T
    at = Duties(person, slot, line.astype(np.int32))
    return broken(NAME, at, (assignment[person, slot] != line) & (slot >= since))
