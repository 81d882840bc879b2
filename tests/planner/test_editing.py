"""`muster.planner.editing` and `muster.planner.encoding`: what may be done by hand is what the
checker lets pass, in hours."""

from dataclasses import replace

from hypothesis import given, settings

from muster.planner.checker import check
from muster.planner.editing import bars_of, is_full, options
from muster.planner.encoding import week_of
from muster.planner.plan import Assignment, Bar, Plan, Why
from muster.planner.planning import solve
from muster.planner.problem import Person, Post, Problem
from tests.planner.problems import ESTATE, GUIDE, RECORDER, bits, problem, problems, shift

PEOPLE = (Person(1, bits(GUIDE), ESTATE), Person(2, bits(GUIDE, RECORDER), ESTATE))
POSTS = (
    Post(1, ESTATE, GUIDE, 1, 1),
    Post(2, ESTATE, RECORDER, 1, 1),
    Post(3, ESTATE, GUIDE, 2, 1),
    Post(4, ESTATE, RECORDER, 3, 1),
)
NIGHT = problem(PEOPLE, POSTS, shifts=(shift(1), shift(2, 5), shift(3, 48, 7)))


def test_every_rule_that_stands_against_it_is_said() -> None:
    week = week_of(NIGHT)
    assert week is not None
    lines = week.lines([(1, 1)])
    assert bars_of(week, lines, 1, 2) == (Bar.NOBODY_HAS_ROLE, Bar.ELSEWHERE)
    assert bars_of(week, lines, 1, 3) == (Bar.RESTING,)
    assert bars_of(week, lines, 2, 4) == (Bar.SHIFT_TOO_LONG,)
    assert bars_of(week, lines, 2, 3) == ()
    assert is_full(week, lines, 1)
    assert not is_full(week, lines, 3)


def test_who_could_come_serves_least() -> None:
    week = week_of(NIGHT)
    assert week is not None
    assert [o.person for o in options(week, week.lines([]), 3)] == [1, 2]
    assert [o.person for o in options(week, week.lines([(1, 1)]), 3)] == [2]
    assert options(week, week.lines([]), 4) == []


@settings(max_examples=80, deadline=None)
@given(given_problem=problems())
def test_whoever_may_come_breaks_no_rule(given_problem: Problem) -> None:
    week = week_of(given_problem)
    if week is None:
        return
    plan = solve(given_problem, 0.05)
    pairs = [(a.person, a.post) for a in plan.assignments]
    lines = week.lines(pairs)
    assert sorted(week.pairs(lines)) == sorted(pairs)
    for post in given_problem.posts:
        if post.id not in week.cells or is_full(week, lines, post.id):
            continue
        for option in options(week, lines, post.id):
            assert bars_of(week, lines, option.person, post.id) == ()
            more = Assignment(option.person, post.id, Why.NEAREST, 0.0, 0)
            longer = Plan((*plan.assignments, more), (), "hand", 0.0)
            rules = {v.rule for v in check(replace(given_problem, pins=()), longer)}
            assert rules <= {"gap"}
