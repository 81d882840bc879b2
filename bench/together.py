"""Teams that stay together, and party members at vanguard posts: what they cost a city's plan.

The same city is planned with the vanguard posts alone and with teams beside them; the time asked
for has to hold, and the posts that need a party member should be hardly shorter.
"""

import time
from dataclasses import replace

import numpy as np

from muster.planner.city.constraints.shortage import short
from muster.planner.city.generate import generate
from muster.planner.city.problem import CityProblem
from muster.planner.city.rules.hopeless import hopeless
from muster.planner.city.rules.model import Rules, no_rules
from muster.planner.city.rules.solving import solve_with
from muster.planner.solvers.warm import warm

PEOPLE, TEAMS, SIZE, SEED = 6_000, 100, 5, 1
SECONDS, OVER = 15.0, 1.0
PARTY, VANGUARD = 0.35, 0.3
"""Shares of the people and of the lines."""
MORE = 10.0
"""Per cent more people short at posts that need a party member, at most, for the teams' sake."""


def run() -> list[tuple[str, float, str, float | None]]:
    """Seconds over the time asked for, and people short, without teams and with them."""
    warm()
    city = generate(PEOPLE, SEED)
    alone = vanguards(city)
    rows: list[tuple[str, float, str, float | None]] = []
    shorts: list[int] = []
    for what, rules in (("no teams", alone), (f"{TEAMS} teams of {SIZE}", teams(city, alone))):
        started = time.monotonic()
        found = solve_with(city, rules, SECONDS)
        over = time.monotonic() - started - SECONDS
        assert found.judgement.legal
        _, missing = short(city, found.assignment)
        shorts.append(int(missing[rules.line_needs > 0].sum()))
        name = f"{PEOPLE} people, {what}, {SECONDS:.0f} s"
        rows += [
            (f"{name}: over the time", over, "s", OVER),
            (f"{name}: cost", found.cost, "", None),
            (f"{name}: short at vanguard posts", float(shorts[-1]), "people", None),
        ]
    more = 100.0 * (shorts[1] / shorts[0] - 1)
    rows.append(("more short at vanguard posts for the teams' sake", more, "% more", MORE))
    return rows


def vanguards(city: CityProblem) -> Rules:
    """A share of the lines need a party member, where one can be there at all."""
    chance = np.random.default_rng([city.people, SEED])
    tags = (chance.random(city.people) < PARTY).astype(np.int64)
    needs = (chance.random(city.lines) < VANGUARD).astype(np.int64)
    rules = replace(no_rules(city), person_tags=tags, line_needs=needs)
    return replace(rules, line_needs=np.where(hopeless(city, rules).any(axis=1), 0, needs))


def teams(city: CityProblem, rules: Rules) -> Rules:
    """Teams of neighbours beside the vanguard posts."""
    chance = np.random.default_rng([city.people, SEED, 2])
    order = np.argsort(city.person_home, kind="stable")
    groups = [order[i : i + SIZE] for i in range(0, city.people - SIZE + 1, SIZE)]
    near = [each for each in groups if len(np.unique(city.person_home[each])) == 1]
    team = np.full(city.people, -1, np.int64)
    for number, at in enumerate(chance.choice(len(near), TEAMS, replace=False).tolist()):
        team[near[at]] = number
    return replace(rules, person_team=team)
