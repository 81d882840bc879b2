"""Teams against every way to split a small group."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from muster.planner.teams.errors import BadGroup
from muster.planner.teams.group import Group, Member, Wanted
from muster.planner.teams.splitting import broken, cost, lacking, split


def group(people: int, teams: int, seed: int) -> Group:
    """Invented people in units of about four."""
    chance = np.random.default_rng(seed)
    members = [
        Member(
            f"p{i}", *chance.uniform(0, 10, 2).tolist(),
            skills=frozenset(["swab"] if chance.random() < 0.4 else []),
            unit=f"u{i // 4}" if chance.random() < 0.8 else "",
            leads=i % 3 == 0, party=i % 2 == 0,
        )
        for i in range(people)
    ]  # fmt: skip
    wanted = [
        Wanted(f"t{k}", *chance.uniform(0, 10, 2).tolist(), {"swab": 2}, vanguard=k == 0)
        for k in range(teams)
    ]
    return Group(members, wanted, {"p1": "t1"})


def leaders(group: Group, team: tuple[int, ...]) -> list[int] | None:
    """A leader for each team, if there are any."""
    able = [
        [i for i, t in enumerate(team) if t == k and group.may_lead(i, k)]
        for k in range(len(group.teams))
    ]
    return [each[0] for each in able] if all(able) else None


@pytest.mark.parametrize("seed", range(6))
def test_no_split_is_cheaper(seed: int) -> None:
    small = group(9, 2, seed)
    every = [
        cost(small, team)
        for team in product(range(2), repeat=9)
        if (lead := leaders(small, team)) and not list(broken(small, team, lead))
    ]
    found = split(small)
    assert found.cost == pytest.approx(min(every), abs=0.02)
    assert found.bound <= min(every)
    assert found.gap < 0.01


def test_a_county_in_three_teams() -> None:
    county = group(122, 3, 1)
    found = split(county, 10.0)
    assert sorted(list(found.team).count(k) for k in range(3)) == [40, 41, 41]
    assert found.gap < 0.01
    assert not list(lacking(county, found.team))


def test_a_change_by_hand_names_every_rule_that_it_breaks() -> None:
    small = group(9, 2, 1)
    found = split(small)
    team = list(found.team)
    team[1] = 1 - team[1]
    said = "; ".join(broken(small, [0] * 9, found.leader))
    assert "sizes differ" in said
    assert "is in another team" in said
    assert "p1 is pinned to t1" in "; ".join(broken(small, team, found.leader))


def test_what_cannot_be_split_is_said_at_once() -> None:
    members = [Member("a", 0, 0), Member("a", 0, 0)]
    wanted = Wanted("x", 0, 0, vanguard=True)
    with pytest.raises(BadGroup) as raised:
        Group(members, [wanted], {"b": "y"})
    for part in ("stands twice", "b is pinned and not", "which is no team", "0 may lead"):
        assert part in str(raised.value)


def test_pins_that_leave_no_teams_are_refused() -> None:
    small = group(9, 2, 1)
    with pytest.raises(BadGroup, match="pins and pairs; free one"):
        split(replace(small, pins={f"p{i}": "t1" for i in range(9)}))
