"""The seam: a group in, checked teams with a leader each and a reason for everybody out."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module

from muster.planner.errors import PlanBroken
from muster.planner.teams.group import Group
from muster.planner.teams.rules import breaches, said
from muster.planner.watch import Watch

SOLVER = "muster.planner.solvers.teams"
SPLIT_UNIT_KM, LACKING_KM = 3.0, 50.0
"""What it costs when a unit stands in one more team, and when a team lacks one of a skill, in km
of somebody's way."""


@dataclass(frozen=True, slots=True)
class Split:
    """Who is in which team. `team` and `leader` by position; no split costs less than `bound`."""

    team: Sequence[int]
    leader: Sequence[int]
    cost: float
    bound: float

    @property
    def gap(self) -> float:
        """By which share of its cost the split could at most be too dear: at 4 % no split whatever
        saves more than 4 of 100 km. It tells what is proven, not what is lost; 0 is the best there
        is."""
        return 0.0 if self.cost <= 0 else max(0.0, 1 - self.bound / self.cost)


def split(group: Group, seconds: float = 10.0, watch: Watch | None = None) -> Split:
    """Teams of equal size (one more or less), short ways, skills met, units together.

    Args:
        seconds: wall-clock time of the search.
        watch: told of each better split; its `stop` ends the search with the first one or, where
            there is one already, with the best so far.

    Raises:
        BadGroup: the pins and pairs leave no such teams, or the time was too short.
        PlanBroken: the solver broke a rule; a fault of ours.
    """
    found: Split = import_module(SOLVER).split(group, seconds, watch)
    for rule in broken(group, found.team, found.leader):
        raise PlanBroken(solver="teams", rule=rule, count=1)
    return found


def broken(group: Group, team: Sequence[int], leader: Sequence[int]) -> Iterator[str]:
    """Every rule that the teams break, in words; also after a change by hand."""
    return (said(group, each) for each in breaches(group, team, leader))


def way(group: Group, member: int, team: int) -> float:
    """km from the home of a member to the place of a team."""
    home, place = group.members[member], group.teams[team]
    return math.hypot(home.x - place.x, home.y - place.y)


def lacking(group: Group, team: Sequence[int]) -> Iterator[tuple[str, str, int]]:
    """Team, skill and how many of it are missing."""
    for at, wanted in enumerate(group.teams):
        for skill, many in wanted.skills.items():
            has = sum(
                t == at and skill in m.skills for t, m in zip(team, group.members, strict=True)
            )
            if has < many:
                yield wanted.name, skill, many - has


def cost(group: Group, team: Sequence[int]) -> float:
    """km of all ways, with what parted units and lacking skills cost."""
    ways = math.fsum(way(group, at, t) for at, t in enumerate(team))
    there = {(m.unit, t) for m, t in zip(group.members, team, strict=True) if m.unit}
    units = {unit for unit, _ in there}
    lack = sum(many for _, _, many in lacking(group, team))
    return ways + SPLIT_UNIT_KM * (len(there) - len(units)) + LACKING_KM * lack
