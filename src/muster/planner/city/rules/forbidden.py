"""Nobody serves where he is forbidden to, in one slot or in any."""

import numpy as np

from muster.planner.city.finding import Duties, Finding, broken, duties
from muster.planner.city.problem import CityProblem, Flags, Lines, Whole
from muster.planner.city.rules.model import ANY_SLOT, Rules

NAME = "forbidden"


def forbids(rules: Rules, people: Whole, lines: Whole, slots: Whole) -> Flags:
    """(n,) is ``people[i]`` kept from ``lines[i]`` in ``slots[i]``?"""
    rows = rules.forbidden[np.isin(rules.forbidden[:, 1], lines)]
    known = {tuple(row) for row in rows.tolist()}
    if not known:
        return np.zeros(len(people), np.bool_)
    asked = zip(people.tolist(), lines.tolist(), slots.tolist(), strict=True)
    return np.array([(p, q, t) in known or (p, q, ANY_SLOT) in known for p, q, t in asked], bool)


def breaches(city: CityProblem, rules: Rules, at: Duties) -> Flags:
    """(n,) which shifts of `at` break the rule."""
    return forbids(rules, at.person, at.line, at.slot)


def measure(city: CityProblem, rules: Rules, assignment: Lines, since: int = 0) -> Finding:
    at = duties(assignment)
    return broken(NAME, at, breaches(city, rules, at) & (at.slot >= since))
