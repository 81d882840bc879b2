"""Nobody serves in a slot in which he is not available."""

from muster.planner.city.finding import Finding, broken, duties
from muster.planner.city.problem import CityProblem, Flags, Lines, Whole

NAME = "availability"


def allows(problem: CityProblem, people: Whole, slots: Whole) -> Flags:
    """(n,) is ``people[i]`` available in ``slots[i]``?"""
    return problem.person_available[people, slots]


def measure(problem: CityProblem, assignment: Lines, since: int = 0) -> Finding:
    at = duties(assignment, since)
    return broken(NAME, at, ~allows(problem, at.person, at.slot))
