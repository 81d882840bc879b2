"""Every rule that teams can break, as data; also after a change by hand."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from muster.planner.teams.group import Group


class Rule(StrEnum):
    """What a split must keep."""

    SIZES = "sizes"
    LEADER_ELSEWHERE = "leader_elsewhere"
    MAY_NOT_LEAD = "may_not_lead"
    PINNED = "pinned"
    TOGETHER = "together"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that is broken. `members` and `team` by position; no team: -1."""

    rule: Rule
    members: tuple[int, ...] = ()
    team: int = -1


def breaches(group: Group, team: Sequence[int], leader: Sequence[int]) -> Iterator[Breach]:
    """Every rule that the teams break. `team` (people,) and `leader` (teams,) by position."""
    counts = Counter(team)
    sizes = [counts[each] for each in range(len(group.teams))]
    if max(sizes) - min(sizes) > 1:
        yield Breach(Rule.SIZES)
    for at, who in enumerate(leader):
        if team[who] != at:
            yield Breach(Rule.LEADER_ELSEWHERE, (who,), at)
        elif not group.may_lead(who, at):
            yield Breach(Rule.MAY_NOT_LEAD, (who,), at)
    for at, member in enumerate(group.members):
        pinned = group.pins.get(member.key)
        if pinned is not None and group.teams[team[at]].name != pinned:
            yield Breach(Rule.PINNED, (at,), [t.name for t in group.teams].index(pinned))
    yield from _pairs(group, team)


def _pairs(group: Group, team: Sequence[int]) -> Iterator[Breach]:
    where = {member.key: at for at, member in enumerate(group.members)}
    for rule, pairs, same in (
        (Rule.TOGETHER, group.together, True),
        (Rule.APART, group.apart, False),
    ):
        for a, b in pairs:
            if (team[where[a]] == team[where[b]]) != same:
                yield Breach(rule, (where[a], where[b]))


def said(group: Group, breach: Breach) -> str:
    """A breach in words."""
    who = " and ".join(group.members[i].key for i in breach.members)
    where = group.teams[breach.team].name
    return {
        Rule.SIZES: "sizes differ by more than one",
        Rule.LEADER_ELSEWHERE: f"the leader of {where} is in another team",
        Rule.MAY_NOT_LEAD: f"{who} may not lead {where}",
        Rule.PINNED: f"{who} is pinned to {where}",
        Rule.TOGETHER: f"{who} must stay together",
        Rule.APART: f"{who} must stay apart",
    }[breach.rule]
