"""Pairs against every way to split tiny groups, and every contradiction told."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from muster.planner.teams.errors import BadGroup
from muster.planner.teams.group import Group, Member
from muster.planner.teams.pairs import blocks, contradictions, told
from muster.planner.teams.reasons import Because, reasons
from muster.planner.teams.splitting import broken, cost, split
from tests.planner.teams.test_splitting import group, leaders

KEYS = [f"p{i}" for i in range(7)]
pairs = st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)), max_size=3)


def every(small: Group) -> list[float]:
    """What each split that breaks no rule costs."""
    return [
        cost(small, team)
        for team in product(range(len(small.teams)), repeat=len(small.members))
        if (lead := leaders(small, team)) and not list(broken(small, team, lead))
    ]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(together=pairs, apart=pairs, seed=st.integers(0, 5), teams=st.integers(2, 3))
def test_the_cheapest_that_keeps_the_pairs_or_none_there_is(
    together: list[tuple[str, str]], apart: list[tuple[str, str]], seed: int, teams: int
) -> None:
    plain = group(7, teams, seed)
    try:
        small = replace(plain, together=together, apart=apart)
    except BadGroup:
        bare = object.__new__(Group)  # unchecked: the refusal is judged by brute force
        for name in Group.__slots__:
            object.__setattr__(bare, name, getattr(plain, name))
        object.__setattr__(bare, "together", together)
        object.__setattr__(bare, "apart", apart)
        assert any(a == b for a, b in (*together, *apart)) or not every(bare)
        return
    legal = every(small)
    try:
        found = split(small)
    except BadGroup:
        assert not legal
        return
    assert found.cost == pytest.approx(min(legal), abs=0.02)
    assert found.bound <= min(legal)


def test_every_contradiction_is_listed() -> None:
    with pytest.raises(BadGroup) as raised:
        Group(
            [Member(key, 0, 0, leads=True) for key in "abcdefgh"],
            group(9, 2, 0).teams[1:] + group(9, 2, 0).teams[:1],
            {"c": "t0", "d": "t0", "e": "t1", "f": "t0"},
            together=[("a", "b"), ("b", "c"), ("e", "f"), ("a", "a"), ("g", "x")],
            apart=[("a", "c"), ("c", "d"), ("b", "f")],
        )
    said = str(raised.value)
    for part in (
        "a and c must stay apart, but must stay together: a – b – c",
        "c and d must stay apart, but both are pinned to t0",
        "b and f must stay apart, but pins draw both to t0",
        "e, f must stay together, but are pinned to t0, t1",
        "a is paired with himself",
        "x of the pair g – x not in the group",
    ):
        assert part in said


def test_a_set_larger_than_a_team_is_told() -> None:
    chain = [("a", "b"), ("b", "c")]
    said = list(contradictions("abcd", chain, [], {}, ["x", "y"]))
    assert [told(each) for each in said] == [
        "a, b, c must stay together: 3 people, a team has 2 at most"
    ]
    assert blocks("dcba", chain) == [("d",), ("c", "b", "a")]


def test_by_hand_a_pair_is_not_parted() -> None:
    small = replace(group(9, 3, 2), together=[("p2", "p4")], apart=[("p5", "p6")])
    found = split(small)
    team = list(found.team)
    team[2] = (team[4] + 1) % 3
    team[5] = team[6]
    said = "; ".join(broken(small, team, found.leader))
    assert "p2 and p4 must stay together" in said
    assert "p5 and p6 must stay apart" in said
    whys = reasons(small, found)
    plain = [whys[i] for i in (2, 4) if i not in found.leader]
    assert all(any(r.because is Because.TOGETHER for r in why) for why in plain)


def test_three_apart_in_two_teams_are_refused_by_the_search() -> None:
    apart = [("p0", "p2"), ("p2", "p4"), ("p0", "p4")]
    with pytest.raises(BadGroup, match="pairs"):
        split(replace(group(9, 2, 1), apart=apart))
