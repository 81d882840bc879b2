"""A newcomer never serves at a spot without somebody there who is none, but on lenient lines."""

import numpy as np

from muster.planner.city.finding import Duties, Finding, broken, duties
from muster.planner.city.problem import CityProblem, Flags, Lines, Whole
from muster.planner.city.rules.model import Rules

NAME = "newcomers"


def breaches(city: CityProblem, rules: Rules, at: Duties) -> Flags:
    """(n,) which shifts of `at` break the rule."""
    new = rules.person_newcomer[at.person]
    spot = rules.line_spot[at.line]
    group = spot * city.slots + at.slot
    return np.asarray(new & watched(rules)[at.line] & ~np.isin(group, group[~new]))


def watched(rules: Rules) -> Flags:
    """(L,) the lines on which no newcomer may be alone."""
    return np.asarray((rules.line_spot >= 0) & ~rules.line_lenient)


def guides(city: CityProblem, rules: Rules, at: Duties) -> Whole:
    """(S + 1, T) how many who are no newcomers serve at each spot; the last row is of lines that
    need no guide."""
    made = np.zeros((int(rules.line_spot.max(initial=-1)) + 2, city.slots), np.int64)
    np.add.at(made, (rules.line_spot[at.line], at.slot), ~rules.person_newcomer[at.person])
    return made


def guided(rules: Rules, there: Whole, lines: Whole, slot: int) -> Flags:
    """(n,) may newcomers serve on each of `lines` in `slot`, `there` being as `guides` made it?"""
    return np.asarray(~watched(rules)[lines] | (there[rules.line_spot[lines], slot] > 0))


def measure(city: CityProblem, rules: Rules, assignment: Lines, since: int = 0) -> Finding:
    at = duties(assignment)
    return broken(NAME, at, breaches(city, rules, at) & (at.slot >= since))
