"""Teams changed by hand: where somebody may go, alone or in exchange, and what forbids it."""

from collections.abc import Sequence
from dataclasses import dataclass

from muster.planner.teams.group import Group
from muster.planner.teams.rules import Breach, Rule, breaches
from muster.planner.teams.splitting import way

TRIED = 12
"""How many are tried for an exchange, the nearest first."""


@dataclass(frozen=True, slots=True)
class Option:
    """A team that somebody could go to. `against`: rules that it breaks which were kept before;
    `exchange`: who could come instead at the least way, where only sizes stand against it; `km`:
    how much longer the ways become."""

    team: int
    against: tuple[Breach, ...]
    exchange: int | None
    km: float


def options(group: Group, team: Sequence[int], leader: Sequence[int], who: int) -> list[Option]:
    """Every other team for `who`, by position. `team` (people,), `leader` (teams,)."""
    return [
        _option(group, team, leader, who, to) for to in range(len(group.teams)) if to != team[who]
    ]


def _option(group: Group, team: Sequence[int], leader: Sequence[int], who: int, to: int) -> Option:
    against = against_move(group, team, leader, {who: to})
    longer = way(group, who, to) - way(group, who, team[who])
    if {each.rule for each in against} != {Rule.SIZES}:
        return Option(to, against, None, longer)
    others = sorted(
        (i for i, at in enumerate(team) if at == to),
        key=lambda i: way(group, i, team[who]) - way(group, i, to),
    )
    for other in others[:TRIED]:
        if not against_move(group, team, leader, {who: to, other: team[who]}):
            back = way(group, other, team[who]) - way(group, other, to)
            return Option(to, against, other, longer + back)
    return Option(to, against, None, longer)


def against_move(
    group: Group, team: Sequence[int], leader: Sequence[int], moves: dict[int, int]
) -> tuple[Breach, ...]:
    """The rules that `moves` (member to team) would break and that are kept now."""
    before = set(breaches(group, team, leader))
    after = list(team)
    for who, to in moves.items():
        after[who] = to
    return tuple(each for each in breaches(group, after, leader) if each not in before)
