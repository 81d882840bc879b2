"""A repair without those of its changes that gain less than telling people of them costs.

Changes hang together when they are one person's, or touch one place in one slot, or one team in one
slot: no rule and no cost reaches farther. So each group of them can be taken back by itself, to
what was left of the plan after the events, and what is kept of the rules stays kept.
"""

from typing import NamedTuple

import numpy as np

from muster.planner.city.constraints import capacity
from muster.planner.city.finding import Duties
from muster.planner.city.problem import FREE, CityProblem, Flags, Lines, Reals, Whole
from muster.planner.city.rules.model import Rules
from muster.planner.city.rules.worth import week_costs

LEAST_GAIN = 1e-6


class Groups(NamedTuple):
    """Which changes hang together."""

    people: Whole
    """(n,) those whose week differs."""
    of_person: Whole
    """(n,) the group of each."""
    of_cell: Whole
    """(C * T,) the group of what is changed at a place in a slot, or -1."""
    many: int


def paying(
    city: CityProblem, rules: Rules, plan: Lines, least: Lines, mended: Lines, *,
    charge: float, needed: Duties | None = None,
) -> Lines:  # fmt: skip
    """`mended` with each group of changes as in `least` that does not gain more than its charge.

    Args:
        plan: (P, T) before the events: whoever serves otherwise then is told.
        least: (P, T) what is left of it.
        mended: (P, T) the repair; it keeps the rules.
        charge: what telling one more person costs.
        needed: the shifts of `least` that break a rule, so that it cannot come back there.
    """
    groups = _groups(city, rules, least, mended)
    gain = np.zeros(groups.many)
    own = [_people(city, plan, each, groups.people, charge) for each in (least, mended)]
    np.add.at(gain, groups.of_person, own[0] - own[1])
    there = [capacity.present(city, each) for each in (least, mended)]
    line, slot = np.nonzero(there[0] != there[1])
    short = [_short(city, line, slot, each[line, slot]) for each in there]
    at = city.line_place[line].astype(np.int64) * city.slots + slot
    np.add.at(gain, groups.of_cell[at], short[0] - short[1])
    if needed is not None:
        where = city.line_place[needed.line].astype(np.int64) * city.slots + needed.slot
        touched = groups.of_cell[where]
        gain[touched[touched >= 0]] = np.inf
    back = groups.people[gain[groups.of_person] <= LEAST_GAIN]
    made = mended.copy()
    made[back] = least[back]
    return made


def _people(city: CityProblem, plan: Lines, now: Lines, people: Whole, charge: float) -> Reals:
    """(n,) what the weeks of `people` cost in `now`, with the charge for each who is told."""
    return week_costs(city, now[people], people) + charge * told(city, plan, now, people)


def told(city: CityProblem, plan: Lines, now: Lines, people: Whole) -> Flags:
    """(n,) who of `people` has a new shift in `now`, or is without one of `plan` that he would have
    been there for."""
    differs = now[people] != plan[people]
    heard = (now[people] != FREE) | city.person_available[people]
    return np.asarray((differs & heard).any(axis=1))


def _short(city: CityProblem, line: Whole, slot: Whole, there: Whole) -> Reals:
    """(n,) what it costs that people are short in each cell when so many are `there`."""
    required = np.maximum(city.required[line, slot] - there, 0) * city.weight_required[line]
    minimum = np.maximum(city.minimum[line, slot] - there, 0) * city.weight_minimum[line]
    return np.asarray(required + minimum)


def _groups(city: CityProblem, rules: Rules, least: Lines, mended: Lines) -> Groups:
    person, slot = np.nonzero(least != mended)
    people, row = np.unique(person, return_inverse=True)
    cells, teams = city.compounds * city.slots, int(rules.person_team.max(initial=-1)) + 1
    parent = np.arange(len(people) + cells + teams * city.slots)
    for each in (least, mended):
        serves = each[person, slot] != FREE
        place = city.line_place[each[person, slot][serves]].astype(np.int64)
        _join(parent, row[serves], len(people) + place * city.slots + slot[serves])
    team = rules.person_team[person]
    _join(
        parent, row[team >= 0],
        len(people) + cells + team[team >= 0] * city.slots + slot[team >= 0],
    )  # fmt: skip
    roots = np.array([_root(parent, each) for each in range(len(people))], np.int64)
    _, group = np.unique(roots, return_inverse=True)
    of_cell = np.full(cells, -1, np.int64)
    for each in (least, mended):
        serves = each[person, slot] != FREE
        place = city.line_place[each[person, slot][serves]].astype(np.int64)
        of_cell[place * city.slots + slot[serves]] = group[row[serves]]
    return Groups(people, group, of_cell, int(group.max(initial=-1)) + 1)


def _join(parent: Whole, one: Whole, other: Whole) -> None:
    for a, b in zip(one.tolist(), other.tolist(), strict=True):
        parent[_root(parent, a)] = _root(parent, b)


def _root(parent: Whole, at: int) -> int:
    while parent[at] != at:
        parent[at] = parent[parent[at]]
        at = int(parent[at])
    return at
