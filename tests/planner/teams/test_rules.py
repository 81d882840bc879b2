"""Each rule, broken by hand."""

from muster.planner.teams.group import Group, Member, Wanted
from muster.planner.teams.rules import Breach, Rule, breaches, said


def test_each_rule_is_named_with_who_and_where() -> None:
    members = [Member(key, i, 0, leads=key in "ad") for i, key in enumerate("abcdef")]
    group = Group(
        members, [Wanted("x", 0, 0), Wanted("y", 5, 0)], {"b": "y"}, [("c", "e")], [("b", "f")]
    )
    assert list(breaches(group, [0, 1, 1, 1, 1, 0], [0, 3])) == [Breach(Rule.SIZES)]
    assert list(breaches(group, [0, 1, 1, 1, 1, 1], [2, 3]))[1:] == [
        Breach(Rule.LEADER_ELSEWHERE, (2,), 0), Breach(Rule.APART, (1, 5)),
    ]  # fmt: skip
    found = list(breaches(group, [0, 0, 0, 1, 1, 1], [1, 3]))
    assert found == [
        Breach(Rule.MAY_NOT_LEAD, (1,), 0),
        Breach(Rule.PINNED, (1,), 1),
        Breach(Rule.TOGETHER, (2, 4)),
    ]
    assert [said(group, each) for each in found] == [
        "b may not lead x", "b is pinned to y", "c and e must stay together",
    ]  # fmt: skip
