"""Nobody serves longer in a protective suit, on one day, than a line in suit allows."""

import numpy as np

from muster.planner.city.finding import Duties, Finding, broken, duties
from muster.planner.city.problem import FREE, CityProblem, Flags, Lines, Whole
from muster.planner.city.rules.model import Rules

NAME = "suit"


def breaches(city: CityProblem, rules: Rules, at: Duties) -> Flags:
    """(n,) which shifts of `at` break the rule."""
    suited = np.flatnonzero(np.isfinite(rules.line_suit_hours[at.line]))
    day = at.person[suited] * city.slots + at.slot[suited] // city.slots_a_day
    order = np.argsort(day, kind="stable")
    suited, day = suited[order], day[order]
    served = (np.arange(len(day)) - np.searchsorted(day, day) + 1) * city.slot_hours
    found = np.zeros(len(at.person), np.bool_)
    found[suited] = served > rules.line_suit_hours[at.line[suited]]
    return found


def allows(city: CityProblem, rules: Rules, rows: Lines, line: int, slot: int) -> Flags:
    """(n,) has the day of `slot` hours left for `line`, beside the lines ``rows`` (n, T)?"""
    limit = rules.line_suit_hours[line]
    day = slot - slot % city.slots_a_day
    lines: Whole = rows[:, day : day + city.slots_a_day]
    suited = (lines != FREE) & np.isfinite(rules.line_suit_hours[lines])
    return np.asarray((np.count_nonzero(suited, axis=1) + 1) * city.slot_hours <= limit)


def measure(city: CityProblem, rules: Rules, assignment: Lines, since: int = 0) -> Finding:
    at = duties(assignment)
    return broken(NAME, at, breaches(city, rules, at) & (at.slot >= since))
