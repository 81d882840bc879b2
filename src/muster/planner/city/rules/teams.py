"""When a team serves, all of it serves at one place."""

import numpy as np

from muster.planner.city.finding import Duties, Finding, broken, duties
from muster.planner.city.problem import CityProblem, Flags, Lines
from muster.planner.city.rules.model import Rules

NAME = "teams"


def breaches(city: CityProblem, rules: Rules, at: Duties) -> Flags:
    """(n,) which shifts of `at` break the rule."""
    found = np.zeros(len(at.person), np.bool_)
    of = np.flatnonzero(rules.person_team[at.person] >= 0)  # few, of many: looked at alone
    team = rules.person_team[at.person[of]]
    size = np.bincount(rules.person_team[rules.person_team >= 0], minlength=1)
    group = (team * city.slots + at.slot[of]) * city.compounds + city.line_place[at.line[of]]
    _, which, there = np.unique(group, return_inverse=True, return_counts=True)
    found[of] = there[which.reshape(-1)] < size[team]
    return found


def measure(city: CityProblem, rules: Rules, assignment: Lines, since: int = 0) -> Finding:
    at = duties(assignment)
    return broken(NAME, at, breaches(city, rules, at) & (at.slot >= since))
