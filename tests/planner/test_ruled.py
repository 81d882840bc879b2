"""Bans, teams and party members at vanguard posts through the whole seam: `muster.planner.ruled`,
`muster.planner.keeping`, and what the checker in hours says of them."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.planner.checker import check
from muster.planner.editing import bars_of, leaves_unled, options
from muster.planner.encoding import week_of
from muster.planner.mending import mend
from muster.planner.plan import Assignment, Bar, Plan, Why
from muster.planner.planning import solve
from muster.planner.problem import (
    PARTY_MEMBER,
    Ban,
    Person,
    Pin,
    Place,
    Post,
    Problem,
)
from tests.planner.problems import GUIDE, OUTSIDE, bits, problem, problems

SOON = 0.1
THERE = 30
PLACES = (Place(1, (1,)), Place(OUTSIDE, (1, OUTSIDE), 3, 4), Place(THERE, (1, THERE), 3, 5))
POSTS = (Post(1, OUTSIDE, GUIDE, 1, 3), Post(2, THERE, GUIDE, 1, 3))


def someone(id_: int, **more: int) -> Person:
    return Person(id_, bits(GUIDE), OUTSIDE, **more)


def asked(*people: Person, **more: object) -> Problem:
    return replace(problem(people, POSTS, places=PLACES), **more)


def seats(plan: Plan) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {1: set(), 2: set()}
    for each in plan.assignments:
        found[each.post].add(each.person)
    return found


def test_nobody_is_sent_where_he_is_forbidden_to() -> None:
    found = solve(asked(someone(1), bans=(Ban(1, 1),)), SOON)
    assert seats(found) == {1: set(), 2: {1}}
    both = solve(asked(someone(1), bans=(Ban(1, 1), Ban(1, 2))), SOON)
    assert not both.assignments
    assert {gap.reason for gap in both.gaps} == {Bar.FORBIDDEN}


def test_a_vanguard_post_has_a_party_member_or_nobody() -> None:
    posts = (replace(POSTS[0], needs=PARTY_MEMBER),)
    people = [someone(1), someone(2)]
    nobody = solve(problem(people, posts, places=PLACES), SOON)
    assert not nobody.assignments
    assert nobody.gaps[0].reason is Bar.UNLED
    led = solve(problem([*people, someone(3, tags=PARTY_MEMBER)], posts, places=PLACES), SOON)
    assert {each.person for each in led.assignments} == {1, 2, 3}


def test_a_pinned_party_member_is_enough() -> None:
    posts = (replace(POSTS[0], needs=PARTY_MEMBER),)
    given_problem = replace(
        problem([someone(1), someone(2, tags=PARTY_MEMBER)], posts, places=PLACES),
        pins=(Pin(2, 1),),
    )
    assert {each.person for each in solve(given_problem, SOON).assignments} == {1, 2}


def test_a_team_serves_as_a_whole_at_one_place() -> None:
    team = [someone(i, team=7) for i in (1, 2, 3)]
    found = seats(solve(asked(*team), SOON))
    assert sorted(map(len, found.values())) == [0, 3]
    small = (replace(POSTS[0], required=2), replace(POSTS[1], required=2))
    parted = solve(problem(team, small, places=PLACES), SOON)
    assert not parted.assignments
    assert {gap.reason for gap in parted.gaps} == {Bar.TEAM_ELSEWHERE}
    alone = solve(problem(team[:1], small, places=PLACES), SOON)
    assert len(alone.assignments) == 1


@pytest.mark.parametrize(
    ("given_problem", "pairs", "rule"),
    [
        (asked(someone(1), bans=(Ban(1, 1),)), [(1, 1)], "forbidden"),
        (asked(someone(1, team=7), someone(2, team=7)), [(1, 1)], "team"),
        (asked(someone(1, team=7), someone(2, team=7)), [(1, 1), (2, 2)], "team"),
        (problem([someone(1)], (replace(POSTS[0], needs=1),), places=PLACES), [(1, 1)], "needs"),
    ],
)
def test_the_checker_names_the_rule(
    given_problem: Problem, pairs: list[tuple[int, int]], rule: str
) -> None:
    plan = Plan(tuple(Assignment(a, b, Why.NEAREST, 0, 0) for a, b in pairs), (), "hand", 0)
    assert rule in {each.rule for each in check(given_problem, plan)}
    pinned = replace(given_problem, pins=tuple(Pin(a, b) for a, b in pairs))
    assert rule not in {each.rule for each in check(pinned, plan)}


def test_changes_by_hand_know_the_rules() -> None:
    people = [someone(1, team=7), someone(2, team=7), someone(3), someone(4, tags=PARTY_MEMBER)]
    given_problem = replace(
        asked(*people, bans=(Ban(3, 1),)), posts=(POSTS[0], replace(POSTS[1], needs=PARTY_MEMBER))
    )
    week = week_of(given_problem)
    assert week is not None
    nobody, one = week.lines([]), week.lines([(1, 1)])
    assert bars_of(week, nobody, 3, 1) == (Bar.FORBIDDEN,)
    assert bars_of(week, nobody, 3, 2) == (Bar.UNLED,)
    assert bars_of(week, week.lines([(4, 2)]), 3, 2) == ()
    assert bars_of(week, one, 2, 1) == ()
    assert bars_of(week, one, 2, 2) == (Bar.TEAM_ELSEWHERE, Bar.UNLED)
    assert [o.person for o in options(week, nobody, 1)] == [4]
    assert leaves_unled(week, week.lines([(4, 2), (3, 2)]), 4, 2)
    assert not leaves_unled(week, week.lines([(4, 2), (3, 2)]), 3, 2)
    assert not leaves_unled(week, week.lines([(4, 2)]), 4, 2)
    assert {o.person for o in options(week, one, 1)} == {2, 4}


def test_a_repair_keeps_the_rules_and_leaves_teams_where_they_are() -> None:
    people = [someone(1, team=7), someone(2, team=7), someone(3), someone(4)]
    week = week_of(asked(*people, bans=(Ban(3, 1), Ban(4, 2))))
    assert week is not None
    done = mend(week, week.lines([(1, 1)]), 0)
    assert {(c.person, c.before, c.after) for c in done.changes} == {(3, None, 2), (4, None, 1)}
    come = mend(week, week.lines([(1, 1), (2, 1), (3, 1)]), 0, held=(Pin(3, 1),))
    assert (4, None, 2) not in {(c.person, c.before, c.after) for c in come.changes}
    assert all(c.person == 4 for c in come.changes)


@pytest.mark.parametrize(("charge", "moves"), [(5.0, True), (1000.0, False)])
def test_a_repair_moves_a_team_as_a_whole_where_that_pays(charge: float, moves: bool) -> None:
    dear = (replace(POSTS[0], required=2), replace(POSTS[1], required=2, priority=9))
    team = [someone(1, team=7), someone(2, team=7)]
    week = week_of(problem(team, dear, places=PLACES))
    assert week is not None
    now = week.lines([(1, 1), (2, 1)])
    done = mend(week, now, 0, charge=charge)
    moved = {(c.person, c.before, c.after) for c in done.changes}
    assert moved == ({(1, 1, 2), (2, 1, 2)} if moves else set())
    held = mend(week, now, 0, held=(Pin(1, 1),), charge=charge)
    assert held.changes == ()


@pytest.mark.parametrize(("charge", "comes"), [(5.0, True), (1000.0, False)])
def test_a_repair_by_rules_knows_the_charge(charge: float, comes: bool) -> None:
    week = week_of(asked(someone(1), someone(2), bans=(Ban(2, 1),)))
    assert week is not None
    done = mend(week, week.lines([(1, 1)]), 0, charge=charge)
    assert {(c.person, c.after) for c in done.changes} == ({(2, 2)} if comes else set())


@settings(max_examples=60, deadline=None)
@given(given_problem=problems(), data=st.data())
def test_no_plan_breaks_a_rule_beside_the_format(
    given_problem: Problem, data: st.DataObject
) -> None:
    some = st.integers(0, 2)
    people = tuple(
        replace(
            p,
            tags=data.draw(st.integers(0, 15)),
            team=data.draw(st.sampled_from((-1, 0, 1))),
            newcomer=data.draw(st.booleans()),
            marked=data.draw(st.booleans()),
        )
        for p in given_problem.people
    )
    needs = st.sampled_from((0, 0, 0, 1, 2, 4 | 8))
    posts = tuple(
        replace(p, needs=data.draw(needs), lenient=data.draw(st.booleans()))
        for p in given_problem.posts
    )
    bans = tuple(Ban(p.id, q.id) for p in people for q in posts if data.draw(some) == 0)
    ruled = replace(given_problem, people=people, posts=posts, bans=bans)
    plan = solve(ruled, SOON)
    assert check(ruled, plan) == ()
    assert all(sum(n for _, n in gap.counts) >= 0 for gap in plan.gaps)
    pins = tuple(Pin(a.person, a.post) for a in plan.assignments if data.draw(st.booleans()))
    again = solve(replace(ruled, pins=pins), SOON)
    assert check(replace(ruled, pins=pins), again) == ()
    kept = {(each.person, each.post) for each in again.assignments}
    assert {(pin.person, pin.post) for pin in pins} <= kept
