"""Nobody serves more hours in a week than his own limit."""

import numpy as np

from muster.planner.city.finding import Duties, Finding, broken, duties
from muster.planner.city.problem import CityProblem, Flags, Lines
from muster.planner.city.rules.model import Rules

NAME = "hours"


def breaches(city: CityProblem, rules: Rules, at: Duties) -> Flags:
    """(n,) which shifts of `at` break the rule."""
    week = at.person * city.weeks + at.slot // city.week_slots
    first = np.searchsorted(week, week)
    served = (np.arange(len(week)) - first + 1) * city.slot_hours
    return np.asarray(served > rules.person_max_hours[at.person])


def measure(city: CityProblem, rules: Rules, assignment: Lines, since: int = 0) -> Finding:
    at = duties(assignment)
    return broken(NAME, at, breaches(city, rules, at) & (at.slot >= since))
