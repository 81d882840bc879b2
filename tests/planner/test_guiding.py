"""`muster.planner.guiding`: newcomers and their guides by the hour, as the checker judges them."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.planner.checker import check
from muster.planner.editing import bars_of, options
from muster.planner.encoding import Week, week_of
from muster.planner.guiding import alone, covered, leaves_alone
from muster.planner.mending import mend
from muster.planner.plan import Assignment, Bar, Plan, Why
from muster.planner.planning import solve
from muster.planner.problem import Pin, Post, Problem
from tests.planner.problems import GUIDE, OUTSIDE, problem, problems, shift
from tests.planner.test_ruled import PLACES, THERE, someone

SOON = 0.1


def by_hand(*pairs: tuple[int, int]) -> Plan:
    return Plan(tuple(Assignment(a, b, Why.NEAREST, 0, 0) for a, b in pairs), (), "hand", 0)


def lonely(given_problem: Problem, *pairs: tuple[int, int]) -> set[tuple[int, int]]:
    """Who the checker says is alone."""
    found = check(given_problem, by_hand(*pairs))
    return {(v.person, v.post) for v in found if v.rule == "newcomer"}


def week_and(given_problem: Problem) -> Week:
    week = week_of(given_problem)
    assert week is not None
    return week


TWO_ROLES = (Post(1, OUTSIDE, GUIDE, 1, 2), Post(2, THERE, GUIDE, 1, 1))
NEW = problem([someone(1, newcomer=True), someone(2)], TWO_ROLES, places=PLACES)


def test_a_newcomer_needs_somebody_at_the_place() -> None:
    assert lonely(NEW, (1, 1)) == {(1, 1)}
    assert lonely(NEW, (1, 1), (2, 2)) == {(1, 1)}
    assert lonely(NEW, (1, 1), (2, 1)) == set()
    assert lonely(replace(NEW, pins=(Pin(1, 1),)), (1, 1)) == set()
    found = solve(NEW, SOON)
    assert {(a.person, a.post) for a in found.assignments} == {(1, 1), (2, 1)}
    nobody = solve(problem([someone(1, newcomer=True)], TWO_ROLES, places=PLACES), SOON)
    assert not nobody.assignments
    assert {gap.reason for gap in nobody.gaps} == {Bar.NEWCOMER}


def test_a_pinned_guide_is_enough() -> None:
    found = solve(replace(NEW, pins=(Pin(2, 1),)), SOON)
    assert {(a.person, a.post) for a in found.assignments} == {(1, 1), (2, 1)}


def test_changes_by_hand_know_who_would_be_alone() -> None:
    week = week_and(NEW)
    assert bars_of(week, week.lines([]), 1, 1) == (Bar.NEWCOMER,)
    assert bars_of(week, week.lines([(2, 1)]), 1, 1) == ()
    assert [o.person for o in options(week, week.lines([]), 1)] == [2]
    assert {o.person for o in options(week, week.lines([(2, 1)]), 1)} == {1}
    both = week.lines([(1, 1), (2, 1)])
    assert leaves_alone(week, both, 2, 1)
    assert not leaves_alone(week, both, 1, 1)
    assert not leaves_alone(week, week.lines([(2, 1)]), 2, 1)


def test_a_repair_sends_no_newcomer_alone() -> None:
    away = replace(NEW, people=(NEW.people[0], replace(NEW.people[1], available=0), someone(3)))
    week = week_and(away)
    done = mend(week, week.lines([(1, 1), (2, 1)]), 0, charge=5.0)
    moved = {(c.person, c.after) for c in done.changes}
    assert (2, None) in moved
    assert (3, 1) in moved
    gone = week_and(replace(away, people=away.people[:2]))
    done = mend(gone, gone.lines([(1, 1), (2, 1)]), 0, charge=5.0)
    assert {(c.person, c.after) for c in done.changes} == {(1, None), (2, None)}


@pytest.mark.parametrize(
    ("guides", "enough"),
    [
        ([(0, 4)], True),
        ([(-1, 9)], True),
        ([(0, 3)], False),
        ([(1, 4)], False),
        ([(2, 4), (0, 2)], True),
        ([(0, 1), (2, 4)], False),
        ([], False),
    ],
)
def test_each_moment_is_covered(guides: list[tuple[int, int]], enough: bool) -> None:
    spans = [shift(1, hour, end - hour).span for hour, end in guides]
    assert covered(shift(1, 0, 4).span, spans) is enough


def test_shifts_of_one_slot_that_differ_are_judged_by_the_hour() -> None:
    shifts = (shift(1, 0, 4), shift(2, 1, 4))
    posts = (Post(1, OUTSIDE, GUIDE, 1, 1), Post(2, OUTSIDE, GUIDE, 2, 1))
    apart = problem([someone(1, newcomer=True), someone(2)], posts, places=PLACES, shifts=shifts)
    found = solve(apart, SOON)
    assert check(apart, found) == ()
    assert [a.person for a in found.assignments] == [2]
    week = week_and(apart)
    assert bars_of(week, week.lines([(2, 1)]), 1, 2) == (Bar.NEWCOMER,)


def test_at_a_lenient_post_only_the_marked_are_not_alone() -> None:
    """Who is new by the count serves alone at the lenient post, and beside somebody experienced at
    the other; who is marked has anybody at the first who is not marked."""
    first, second = 1, 2
    posts = (Post(1, OUTSIDE, GUIDE, 1, 2, lenient=True), Post(2, OUTSIDE, GUIDE, 1, 2))
    people = (
        someone(1, newcomer=True), someone(2, newcomer=True, marked=True), someone(3),
    )  # fmt: skip
    week = week_and(problem(people, posts, places=PLACES))
    nobody = week.lines([])
    assert [bars_of(week, nobody, p, first) for p in (1, 2, 3)] == [(), (Bar.NEWCOMER,), ()]
    assert [bars_of(week, nobody, p, second) for p in (1, 2, 3)] == [
        (Bar.NEWCOMER,), (Bar.NEWCOMER,), (),
    ]  # fmt: skip
    # Whoever is experienced guides from a lenient post too, a newcomer by the count does not.
    assert bars_of(week, week.lines([(3, first)]), 1, second) == ()
    assert bars_of(week, week.lines([(1, first)]), 2, second) == (Bar.NEWCOMER,)
    assert lonely(week.facts, (1, first)) == set()
    assert lonely(week.facts, (1, second)) == {(1, second)}
    assert leaves_alone(week, week.lines([(3, first), (1, second)]), 3, first)


def test_who_may_not_be_alone_at_a_lenient_post_gives_way_to_who_may() -> None:
    posts = (Post(1, OUTSIDE, GUIDE, 1, 1, lenient=True),)
    people = [someone(1, newcomer=True, marked=True), someone(2, newcomer=True)]
    for crowd in (people, people[::-1]):
        found = solve(problem(crowd, posts, places=PLACES), SOON)
        assert [a.person for a in found.assignments] == [2]
    assert not solve(problem(people[:1], posts, places=PLACES), SOON).assignments


@settings(max_examples=80, deadline=None)
@given(given_problem=problems(), data=st.data())
def test_any_plan_is_judged_as_the_checker_does(
    given_problem: Problem, data: st.DataObject
) -> None:
    some = st.booleans()
    people = tuple(
        replace(p, newcomer=data.draw(some), marked=data.draw(some)) for p in given_problem.people
    )
    posts = tuple(replace(q, lenient=data.draw(some)) for q in given_problem.posts)
    new = replace(given_problem, people=people, posts=posts)
    week = week_of(new)
    if week is None:
        return
    pairs = []
    for person in people:
        cells = [post.id for post in new.posts if post.id in week.cells]
        drawn = data.draw(st.sets(st.sampled_from(cells), max_size=3))
        pairs += [(person.id, post) for post in drawn]
    lines = week.lines(pairs)
    kept = week.pairs(lines)
    found = alone(week, lines)
    rows = {
        (people[i].id, week.post_at[int(lines[i, t]), int(t)])
        for i, t in zip(*found.nonzero(), strict=True)
    }
    assert rows == lonely(replace(new, pins=()), *kept)
