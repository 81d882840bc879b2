"""The rules of a problem in hours that a city's week has beside the public format."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from muster.planner.city.problem import FREE, CityProblem, Lines, Whole
from muster.planner.city.rules.model import NO_GUIDE, Rules, no_rules
from muster.planner.problem import NO_TEAM, Problem

type Cells = Mapping[int, tuple[int, int]]


def rules_of(problem: Problem, city: CityProblem, cells: Cells) -> Rules:
    """Bans, teams, newcomers and what posts need, as rules of `city`; pins are held apart."""
    row = {person.id: i for i, person in enumerate(problem.people)}
    bans = [(row[ban.person], *cells[ban.post]) for ban in problem.bans if ban.post in cells]
    needs = np.zeros(city.lines, np.int64)
    spots = np.full(city.lines, NO_GUIDE, np.int64)
    lenient = np.zeros(city.lines, np.bool_)
    numbers: dict[tuple[int, int], int] = {}
    for post in problem.posts:
        if post.id in cells:
            line = cells[post.id][0]
            needs[line] |= post.needs
            lenient[line] = post.lenient
            at = int(city.line_place[line]), post.place
            spots[line] = numbers.setdefault(at, len(numbers))
    return replace(
        no_rules(city),
        forbidden=np.array(bans, np.int64).reshape(-1, 3),
        person_tags=np.array([person.tags for person in problem.people], np.int64),
        line_needs=needs,
        line_spot=spots,
        line_lenient=lenient,
        person_newcomer=np.array([person.newcomer for person in problem.people], np.bool_),
        person_team=_teams([person.team for person in problem.people]),
    )


def _teams(said: Iterable[int]) -> Whole:
    """(P,) teams numbered from 0; one of whom nobody else could serve is no team."""
    said = list(said)
    many = Counter(said)
    known = sorted(team for team, n in many.items() if team != NO_TEAM and n > 1)
    number = {team: i for i, team in enumerate(known)}
    return np.array([number.get(team, FREE) for team in said], np.int64)


def loosened(rules: Rules, held: Lines) -> Rules:
    """`rules` without what a line needs, or newcomers at its spot, and somebody who is `held`,
    (P, T), brings to it in some slot: looser than the rules are, so that a bound found with it
    holds."""
    needs, spots = rules.line_needs.copy(), rules.line_spot.copy()
    for person, slot in np.argwhere(held != FREE):
        line = held[person, slot]
        needs[line] &= ~rules.person_tags[person]
        if not rules.person_newcomer[person]:
            spots[rules.line_spot == rules.line_spot[line]] = NO_GUIDE
    return replace(rules, line_needs=needs, line_spot=spots)
