"""When a team serves, all of it serves at one place."""

import numpy as np

from muster.planner.city.finding import Duties, Finding, broken, duties
from muster.planner.city.problem import CityProblem, Flags, Lines
from muster.planner.city.rules.model import Rules

NAME = "teams"


def breaches(city: CityProblem, rules: Rules, at: Duties) -> Flags:
    """(n,) which shifts of `at` break the rule."""
    team = rules.person_team[at.person]
    size = np.bincount(rules.person_team[rules.person_team >= 0], minlength=1)
    group = np.stack([team, at.slot, city.line_place[at.line]], axis=1)
    _, which, there = np.unique(group, axis=0, return_inverse=True, return_counts=True)
    return np.asarray((team >= 0) & (there[which.reshape(-1)] < size[np.maximum(team, 0)]))


def measure(city: CityProblem, rules: Rules, assignment: Lines, since: int = 0) -> Finding:
    at = duties(assignment)
    return broken(NAME, at, breaches(city, rules, at) & (at.slot >= since))
