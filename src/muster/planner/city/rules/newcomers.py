"""A newcomer never serves at a place without somebody there who is none."""

import numpy as np

from muster.planner.city.finding import Duties, Finding, broken, duties
from muster.planner.city.problem import CityProblem, Flags, Lines
from muster.planner.city.rules.model import Rules

NAME = "newcomers"


def breaches(city: CityProblem, rules: Rules, at: Duties) -> Flags:
    """(n,) which shifts of `at` break the rule."""
    new = rules.person_newcomer[at.person]
    place = city.line_place[at.line]
    group = place.astype(np.int64) * city.slots + at.slot
    return np.asarray(new & ~np.isin(group, group[~new]))


def measure(city: CityProblem, rules: Rules, assignment: Lines, since: int = 0) -> Finding:
    at = duties(assignment)
    return broken(NAME, at, breaches(city, rules, at) & (at.slot >= since))
