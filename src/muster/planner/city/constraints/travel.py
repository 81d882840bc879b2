"""Every shift costs the distance from home, and a little for setting out at all."""

import math

from muster.planner.city.finding import Finding, duties
from muster.planner.city.problem import CityProblem, Lines

NAME = "travel"


def measure(problem: CityProblem, assignment: Lines, since: int = 0) -> Finding:
    """The cost over the whole week; `count` is the shifts."""
    at = duties(assignment)
    away = math.fsum(problem.distance(at.person, at.line).tolist())
    return Finding(NAME, len(at.person), away + len(at.person) * problem.base_travel_km)
