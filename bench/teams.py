"""A county's people in teams, beside the clerk's way: sorted by home and cut."""

import time

import numpy as np

from muster.planner.teams.group import Group, Member, Wanted
from muster.planner.teams.splitting import cost, split

CASES = ((122, 3), (600, 12), (2000, 40))
SECONDS = 20.0
UNIT, LEADS, PARTY, SWABS = 6, 0.2, 0.3, 0.3
"""People who share a unit, and shares of the people."""
WIDE_KM = 10.0


def run() -> list[tuple[str, float, str, float | None]]:
    """Cost in km (ways, parted units, lacking skills) of both; bound, gap and time."""
    rows: list[tuple[str, float, str, float | None]] = []
    for people, teams in CASES:
        group = _group(people, teams)
        begun = time.monotonic()
        found = split(group, SECONDS)
        took = time.monotonic() - begun
        name = f"{people} people in {teams} teams"
        rows += [
            (f"{name}, peer: sorted and cut", cost(group, _cut(group)), "km", None),
            (f"{name}", found.cost, "km", None),
            (f"{name}: bound", found.bound, "km", None),
            (f"{name}: proven", 100 * found.gap, "% gap", None),
            (f"{name}: time", took, "s", None),
        ]
    return rows


def _group(people: int, teams: int) -> Group:
    chance = np.random.default_rng(people)
    homes = chance.uniform(0, WIDE_KM, (people, 2))
    members = [
        Member(
            f"p{i}", *homes[i].tolist(), unit=f"u{i // UNIT}",
            skills=frozenset(["swab"] if chance.random() < SWABS else []),
            leads=bool(chance.random() < LEADS), party=bool(chance.random() < PARTY),
        )
        for i in range(people)
    ]  # fmt: skip
    wanted = [
        Wanted(f"t{k}", *chance.uniform(0, WIDE_KM, 2).tolist(), {"swab": 4}) for k in range(teams)
    ]
    return Group(members, wanted)


def _cut(group: Group) -> list[int]:
    """People and teams from west to east, the n-th part of the one to the n-th of the other."""
    people = np.argsort([each.x for each in group.members], kind="stable")
    teams = np.argsort([each.x for each in group.teams], kind="stable")
    team = np.empty(len(people), np.int64)
    for part, at in zip(np.array_split(people, len(teams)), teams, strict=True):
        team[part] = at
    found: list[int] = team.tolist()
    return found
