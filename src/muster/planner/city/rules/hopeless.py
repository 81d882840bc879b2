"""Posts at which nobody can ever serve, because nobody can bring what they need.

Every plan that keeps the rules leaves them empty. A search that knows it spends nobody on them, and
their shortage belongs to the bound.
"""

from dataclasses import replace

import numpy as np

from muster.planner.city.constraints import shortage
from muster.planner.city.fitting import may_stand
from muster.planner.city.problem import SEALED, CityProblem, Flags, Whole
from muster.planner.city.rules import newcomers
from muster.planner.city.rules.model import Rules

NEARLY_KM = 1e-9
"""Distances are rounded; the rules themselves judge who is at the edge."""


def hopeless(city: CityProblem, rules: Rules) -> Flags:
    """(L, T) which posts lack, among all who could serve there, a tag or, in a sealed compound,
    anybody who is no newcomer, where a guide is needed."""
    found = np.zeros((city.lines, city.slots), np.bool_)
    for q in np.flatnonzero(rules.line_needs).tolist():
        found[q] = ~_can_be_led(city, rules, q)
    for place in np.flatnonzero(city.compound_status == SEALED).tolist():
        lines = np.flatnonzero((city.line_place == place) & newcomers.watched(rules))
        found[lines] |= ~_can_be_guided(city, rules, place)
    return found & (city.required > 0)


def closed(city: CityProblem, posts: Flags) -> tuple[CityProblem, float]:
    """`city` without `posts` (L, T), and what their being empty costs."""
    kept = ~posts
    made = replace(
        city,
        required=(city.required * kept).astype(np.int16),
        minimum=(city.minimum * kept).astype(np.int16),
    )
    return made, shortage.cost(city, city.minimum * posts, city.required * posts)


def who_could_lead(city: CityProblem, rules: Rules, q: int) -> Whole:
    """(n,) who holds a tag that line `q` needs, and its role, and may come."""
    who = np.flatnonzero(rules.person_tags & rules.line_needs[q] != 0)
    place, widest = int(city.line_place[q]), city.role_radius_km[city.line_role[q]]
    near = np.hypot(*(city.compound_xy - city.compound_xy[place]).T) <= widest + NEARLY_KM
    who = who[near[city.person_home[who]]]  # most live too far away: not asked the rest
    may: Whole = who[may_stand(city, who, np.full(len(who), q))]
    return may


def _can_be_led(city: CityProblem, rules: Rules, q: int) -> Flags:
    """(T,) can each tag that line `q` needs be there, all in one where one person is required?"""
    needs = int(rules.line_needs[q])
    who = who_could_lead(city, rules, q)
    there, tags = city.person_available[who], rules.person_tags[who]
    able = np.ones(city.slots, np.bool_)
    for bit in range(needs.bit_length()):
        if needs >> bit & 1:
            able &= there[tags >> bit & 1 == 1].any(axis=0)
    alone = there[tags & needs == needs].any(axis=0)
    return np.asarray(able & (alone | (city.required[q] > 1)))


def _can_be_guided(city: CityProblem, rules: Rules, place: int) -> Flags:
    """(T,) can anybody experienced of the sealed compound `place` serve at one of its posts?"""
    old = np.flatnonzero((city.person_home == place) & ~rules.person_newcomer)
    able = np.zeros(city.slots, np.bool_)
    roles = city.person_roles[old].astype(np.int64)
    for q in np.flatnonzero(city.line_place == place).tolist():
        holds = roles >> int(city.line_role[q]) & 1 == 1
        able |= city.person_available[old[holds]].any(axis=0) & (city.required[q] > 0)
    return able
