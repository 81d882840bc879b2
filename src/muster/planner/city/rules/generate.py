"""Invented rules for an invented city: a share of each."""

from dataclasses import replace

import numpy as np

from muster.planner.city.fitting import may_stand
from muster.planner.city.problem import SEALED, CityProblem, Flags, Whole
from muster.planner.city.rules.hopeless import hopeless, who_could_lead
from muster.planner.city.rules.model import ANY_SLOT, Rules, no_rules

LEADER, MEMBER, FIRST_BODY, SECOND_BODY = 1, 2, 4, 8
TAG_SHARES = ((LEADER, 0.3), (MEMBER, 0.35))
FIRST, NEWCOMERS, LIMITED = 0.5, 0.25, 0.1
LED_FROM = 4
"""A post of so many people needs a leader, where anybody can be there to lead it. Newcomers live
outside the seal: inside, nobody could come to guide them."""
SHIFTS_LED = 2
"""In a week by each who can lead; where there are fewer people, the rule is not made."""
VANGUARD, JOINT = 0.05, 0.01
"""Shares of the posts, the joint ones among those of two people and more."""
APART = 0.05
"""Of the posts, those out of sight of the others at their place."""
TEAM, TEAMED = 3, 0.02
LIMITS_H = (12.0, 18.0)
PINNED, FORBIDDEN = 0.005, 0.01
SUITED_ROLE, SUIT_HOURS_STOP = 0, 6.0
"""Who swabs wears a suit; hours as the policies have them (rest.toml)."""


def generate_rules(city: CityProblem, seed: int) -> Rules:
    """Rules for `city`, the same for the same `seed`; a city of a handful may lack some."""
    chance = np.random.default_rng([city.people, seed, 5])
    tags = np.where(chance.random(city.people) < FIRST, FIRST_BODY, SECOND_BODY)
    for tag, share in TAG_SHARES:
        tags |= np.where(chance.random(city.people) < share, tag, 0)
    size = city.required.max(axis=1)
    needs = np.where(size >= LED_FROM, LEADER, 0)
    needs |= np.where(chance.random(city.lines) < VANGUARD, MEMBER, 0)
    joint = (chance.random(city.lines) < JOINT) & (size > 1)
    needs |= np.where(joint, FIRST_BODY | SECOND_BODY, 0)
    needs = _that_can_be_met(city, tags, needs)
    team = _teams(city, chance)
    shut_in = city.compound_status[city.person_home] == SEALED
    newcomer = (chance.random(city.people) < NEWCOMERS) & (team < 0) & ~shut_in
    limited = chance.random(city.people) < LIMITED
    suited = city.line_role == SUITED_ROLE
    pins = _pins(city, chance, (team < 0) & ~newcomer, needs == 0)
    return Rules(
        pinned=pins,
        forbidden=_bans(city, chance, pins[:, 0]),
        person_tags=tags.astype(np.int64),
        line_needs=needs.astype(np.int64),
        person_newcomer=newcomer,
        line_spot=_spots(city, seed),
        line_lenient=np.zeros(city.lines, np.bool_),
        person_team=team,
        person_max_hours=np.where(limited, chance.choice(LIMITS_H, city.people), np.inf),
        line_suit_hours=np.where(suited, max(SUIT_HOURS_STOP, city.slot_hours), np.inf),
    )


def _spots(city: CityProblem, seed: int) -> Whole:
    """(L,) the place of each line, or a spot of its own."""
    apart = np.random.default_rng([city.people, seed, 6]).random(city.lines) < APART
    return np.where(apart, city.compounds + np.arange(city.lines), city.line_place).astype(np.int64)


def _that_can_be_met(city: CityProblem, tags: Whole, needs: Whole) -> Whole:
    """(L,) `needs`, but none of a line that could not be led in each of its slots, or has too few
    for each tag to lead it all week."""
    asked = replace(no_rules(city), person_tags=tags, line_needs=needs)
    met = np.where(hopeless(city, asked).any(axis=1), 0, needs)
    for q in np.flatnonzero(met).tolist():
        held = tags[who_could_lead(city, asked, q)]
        least = np.count_nonzero(city.required[q]) / SHIFTS_LED
        bits = range(int(met[q]).bit_length())
        if any(met[q] >> b & 1 and np.count_nonzero(held >> b & 1) < least for b in bits):
            met[q] = 0
    return met


def _teams(city: CityProblem, chance: np.random.Generator) -> Whole:
    """(P,) teams of neighbours."""
    team = np.full(city.people, -1, np.int64)
    order = np.argsort(city.person_home, kind="stable")
    groups = [order[i : i + TEAM] for i in range(0, city.people - TEAM + 1, TEAM)]
    near = [g for g in groups if len(set(city.person_home[g].tolist())) == 1]
    count = min(len(near), round(city.people * TEAMED / TEAM))
    for number, at in enumerate(chance.choice(len(near), count, replace=False) if near else ()):
        team[near[at]] = number
    return team


def _bans(city: CityProblem, chance: np.random.Generator, pinned: Whole) -> Whole:
    """Lines that some of the people who are not `pinned` are kept from."""
    others = np.setdiff1d(np.arange(city.people), pinned)
    count = min(len(others), round(city.people * FORBIDDEN))
    people = chance.choice(others, count, replace=False)
    lines = chance.integers(0, city.lines, count)
    return np.stack([people, lines, np.full(count, ANY_SLOT)], axis=1).astype(np.int64)


def _pins(city: CityProblem, chance: np.random.Generator, who: Flags, where: Flags) -> Whole:
    """One pin each for some of `who`, on lines `where` nothing else is asked."""
    made: dict[tuple[int, int], int] = {}
    for person in chance.permutation(np.flatnonzero(who)).tolist():
        if len(made) >= round(city.people * PINNED):
            break
        posts = (city.required > 0) & where[:, None] & city.person_available[person]
        lines = np.flatnonzero(posts.any(axis=1))
        people = np.full(len(lines), person)
        lines = lines[may_stand(city, people, lines)]
        if len(lines):
            line = int(chance.choice(lines))
            made.setdefault((line, int(chance.choice(np.flatnonzero(posts[line])))), person)
    rows = [(person, line, slot) for (line, slot), person in made.items()]
    return np.array(rows, np.int64).reshape(-1, 3)
