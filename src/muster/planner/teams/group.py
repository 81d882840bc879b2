"""A group of people and the teams that are wanted of it. No choice is made here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from muster.planner.city.errors import refuse
from muster.planner.teams.errors import BadGroup
from muster.planner.teams.pairs import Pair, contradictions, told


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the group; `x` and `y` of his home in km."""

    key: str
    x: float
    y: float
    skills: frozenset[str] = frozenset()
    unit: str = ""
    """Who share one know each other."""
    leads: bool = False
    party: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """A team: where it serves (km), how many of which skill it needs, and whether it runs a
    vanguard post, which a party member leads."""

    name: str
    x: float
    y: float
    skills: Mapping[str, int] = field(default_factory=dict)
    vanguard: bool = False
    posts: Sequence[str] = ()
    """Names of the posts it serves; none: the team itself is one."""


@dataclass(frozen=True, slots=True)
class Group:
    """Everybody, and every team. Raises `BadGroup` with each fault in it."""

    members: Sequence[Member]
    teams: Sequence[Wanted]
    pins: Mapping[str, str] = field(default_factory=dict)
    """Key of a member to the name of his team."""
    together: Sequence[Pair] = ()
    """Keys of two members who must be in one team."""
    apart: Sequence[Pair] = ()
    """Keys of two members who must not."""

    def __post_init__(self) -> None:
        refuse(BadGroup, list(_faults(self)))

    def may_lead(self, member: int, team: int) -> bool:
        """Whether `members[member]` may lead `teams[team]`, both by position."""
        who = self.members[member]
        return who.leads and (who.party or not self.teams[team].vanguard)


def _faults(group: Group) -> Iterator[str]:
    yield from _names(group)
    yield from _numbers(group)
    keys, teams = [each.key for each in group.members], [each.name for each in group.teams]
    found = contradictions(keys, group.together, group.apart, group.pins, teams)
    yield from map(told, found)


def _numbers(group: Group) -> Iterator[str]:
    """Teams without people or leaders."""
    if not group.teams:
        yield "no team is wanted"
    if len(group.members) < len(group.teams):
        yield f"{len(group.members)} people cannot be {len(group.teams)} teams"
    leaders = sum(each.leads for each in group.members)
    if leaders < len(group.teams):
        yield f"{leaders} may lead, {len(group.teams)} teams need a leader each; name more leaders"
    members = sum(each.leads and each.party for each in group.members)
    vanguards = sum(each.vanguard for each in group.teams)
    if members < vanguards:
        yield f"{members} party members may lead, {vanguards} vanguard posts need one each"


def _names(group: Group) -> Iterator[str]:
    """What stands twice or points nowhere."""
    for what, names in (
        ("person", [each.key for each in group.members]),
        ("team", [each.name for each in group.teams]),
    ):
        for name in sorted({each for each in names if names.count(each) > 1}):
            yield f"{what} {name} stands twice; give each its own name"
    keys, teams = {each.key for each in group.members}, {each.name for each in group.teams}
    for key, team in group.pins.items():
        if key not in keys:
            yield f"{key} is pinned and not in the group"
        if team not in teams:
            yield f"{key} is pinned to {team}, which is no team"
