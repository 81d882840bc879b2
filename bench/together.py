"""Teams that stay together, and party members at vanguard posts: what they cost a city's plan.

The same city is planned with the vanguard posts alone, with teams beside them, and with the teams'
people free to go alone, but only in slots in which all of their team could go anywhere: nobody can
expect less to be short with teams than there. Everybody is there all week, else five neighbours are
hardly ever free at once.
"""

import time
from dataclasses import replace

import numpy as np

from muster.planner.city.constraints.shortage import short
from muster.planner.city.generate import generate
from muster.planner.city.problem import FREE, CityProblem
from muster.planner.city.rules.hopeless import hopeless
from muster.planner.city.rules.model import Rules, no_rules
from muster.planner.city.rules.sending import Board, teams_of
from muster.planner.city.rules.solving import solve_with
from muster.planner.solvers.warm import warm

PEOPLE, TEAMS, SIZE, SEED = 6_000, 100, 5, 1
SECONDS, OVER = 15.0, 1.0
PARTY, VANGUARD = 0.35, 0.3
"""Shares of the people and of the lines."""
MORE = 10.0
"""Per cent more people short at posts that need a party member, at most, for the teams' sake."""
type Figure = tuple[str, float, str, float | None]


def run() -> list[Figure]:
    """Seconds over the time asked for, cost, and people short at vanguard posts."""
    warm()
    city = generate(PEOPLE, SEED)
    city = replace(city, person_available=np.ones_like(city.person_available))
    alone = vanguards(city)
    rules = teams(city, alone)
    cases = (
        ("no teams", city, alone),
        (f"{TEAMS} teams of {SIZE}", city, rules),
        ("alone, when their team could go", could_go(city, rules), alone),
    )
    rows: list[Figure] = []
    shorts: list[int] = []
    for what, case, asked in cases:
        started = time.monotonic()
        found = solve_with(case, asked, SECONDS)
        over = time.monotonic() - started - SECONDS
        assert found.judgement.legal
        _, missing = short(city, found.assignment)
        shorts.append(int(missing[asked.line_needs > 0].sum()))
        name = f"{PEOPLE} people, {what}, {SECONDS:.0f} s"
        rows += [
            (f"{name}: over the time", over, "s", OVER),
            (f"{name}: cost", found.cost, "km", None),
            (f"{name}: short at vanguard posts", float(shorts[-1]), "people", None),
        ]
    for other, what in ((0, "than without teams"), (2, "than alone when their team could go")):
        more = 100.0 * (shorts[1] / max(1, shorts[other]) - 1)
        rows.append((f"more short at vanguard posts {what}", more, "% more", MORE))
    return rows


def could_go(city: CityProblem, rules: Rules) -> CityProblem:
    """`city` in which people of a team are there only in slots in which all of it could go
    somewhere, if somebody else led there."""
    needs = np.where(city.required.max(axis=1) > 1, 0, rules.line_needs)
    nobody = np.full((city.people, city.slots), FREE, np.int32)
    every = np.ones(city.required.shape)
    board = Board(city, replace(rules, line_needs=needs), nobody, prices=every)
    free = city.person_available.copy()
    for members in teams_of(rules):
        team = board.team(members)
        able = np.zeros(city.slots, np.bool_)
        for place, slot in np.argwhere(np.isfinite(board.prospects(team).most)).tolist():
            able[slot] = able[slot] or board.seated(team, place, slot) is not None
        free[members] &= able
    return replace(city, person_available=free)


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
