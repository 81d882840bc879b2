"""Where somebody serves, each tag that the line needs is among those who serve there.

A leader at each post, a party member at a vanguard post, one of each body at a joint post.
"""

import numpy as np

from muster.planner.city.finding import Duties, Finding, broken, duties
from muster.planner.city.problem import CityProblem, Flags, Lines, Whole
from muster.planner.city.rules.model import Rules

NAME = "presence"


def lacking(city: CityProblem, rules: Rules, at: Duties) -> Whole:
    """(L, T) the tags that are needed and not there; 0 where nobody serves."""
    held = np.zeros((city.lines, city.slots), np.int64)
    np.bitwise_or.at(held, (at.line, at.slot), rules.person_tags[at.person])
    staffed = np.zeros(held.shape, np.bool_)
    staffed[at.line, at.slot] = True
    return np.asarray(np.where(staffed, rules.line_needs[:, None] & ~held, 0))


def bearers(city: CityProblem, rules: Rules, at: Duties) -> Flags:
    """(n,) one of those at each post for each tag that it needs and somebody there brings."""
    needs = rules.line_needs[at.line] & rules.person_tags[at.person]
    post = at.line.astype(np.int64) * city.slots + at.slot
    found = np.zeros(len(post), np.bool_)
    for bit in range(int(needs.max(initial=0)).bit_length()):
        brings = np.flatnonzero(needs >> bit & 1 == 1)
        found[brings[np.unique(post[brings], return_index=True)[1]]] = True
    return found


def breaches(city: CityProblem, rules: Rules, at: Duties) -> Flags:
    """(n,) which shifts of `at` break the rule."""
    post = at.line.astype(np.int64) * city.slots + at.slot
    order = np.argsort(post, kind="stable")
    _, first, which = np.unique(post, return_index=True, return_inverse=True)
    starts = np.searchsorted(post[order], post[first])
    held = (
        np.bitwise_or.reduceat(rules.person_tags[at.person[order]], starts) if len(post) else post
    )
    return np.asarray((rules.line_needs[at.line] & ~held[which.reshape(-1)]) != 0)


def measure(city: CityProblem, rules: Rules, assignment: Lines, since: int = 0) -> Finding:
    at = duties(assignment)
    return broken(NAME, at, breaches(city, rules, at) & (at.slot >= since))
