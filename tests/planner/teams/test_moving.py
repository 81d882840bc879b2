"""Where somebody may go by hand: alone, in exchange, or not at all and why."""

from dataclasses import replace

from muster.planner.teams.group import Group, Member, Wanted
from muster.planner.teams.moving import against_move, options
from muster.planner.teams.rules import Rule, breaches

MEMBERS = [Member(key, i, 0, leads=key in "ad") for i, key in enumerate("abcdefg")]
GROUP = Group(MEMBERS, [Wanted("x", 0, 0), Wanted("y", 6, 0)])
TEAM, LEADER = [0, 0, 0, 1, 1, 1, 0], [0, 3]


def test_the_larger_team_gives_and_the_smaller_exchanges() -> None:
    (to,) = options(GROUP, TEAM, LEADER, 2)
    assert (to.team, to.against, to.exchange, to.km) == (1, (), None, 2.0)
    (back,) = options(GROUP, TEAM, LEADER, 4)
    assert [each.rule for each in back.against] == [Rule.SIZES]
    assert (back.exchange, back.km) == (6, 4.0 - 2.0 - 6.0)
    assert not against_move(GROUP, TEAM, LEADER, {4: 0, 6: 1})


def test_a_leader_and_a_pair_stay() -> None:
    paired = replace(GROUP, together=[("b", "c")])
    assert options(paired, TEAM, LEADER, 0)[0].against[0].rule is Rule.LEADER_ELSEWHERE
    assert [b.rule for b in options(paired, TEAM, LEADER, 1)[0].against] == [Rule.TOGETHER]
    assert options(paired, TEAM, LEADER, 1)[0].exchange is None


def test_every_option_offered_breaks_nothing() -> None:
    paired = replace(GROUP, apart=[("e", "b")], pins={"g": "x"})
    for who in range(7):
        for option in options(paired, TEAM, LEADER, who):
            team = list(TEAM)
            team[who] = option.team
            if option.exchange is not None:
                team[option.exchange] = TEAM[who]
            offered = not option.against or option.exchange is not None
            assert offered == (not list(breaches(paired, team, LEADER)))
