"""The whole seam, and by it muster.planner.plan, muster.planner.reasons, muster.planner.regions."""

from dataclasses import replace
from threading import Event

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.planner import Watch, solve
from muster.planner.checker import check
from muster.planner.plan import Bar, Why
from muster.planner.problem import Commitment, Person, Pin, Place, Post, Problem, Rules
from tests.planner.problems import (
    BUILDING,
    DUSK,
    ESTATE,
    GUIDE,
    HOUR,
    OUTSIDE,
    PLACES,
    RECORDER,
    RULES,
    SAMPLER,
    bits,
    problem,
    problems,
    shift,
)

SOON = 0.05


@settings(max_examples=120, deadline=None)
@given(given_problem=problems())
def test_no_plan_breaks_a_rule_and_every_gap_is_true(given_problem: Problem) -> None:
    plan = solve(given_problem, SOON)
    assert check(given_problem, plan) == ()
    posts = {post.id: post for post in given_problem.posts}
    there = {(each.post, each.person) for each in plan.assignments}
    for gap in plan.gaps:
        holders = [
            person
            for person in given_problem.people
            if person.roles >> posts[gap.post].role & 1 and (gap.post, person.id) not in there
        ]
        assert sum(count for _, count in gap.counts) == len(holders)
        assert gap.reason is (gap.counts[-1][0] if gap.counts else gap.reason)


@settings(max_examples=60, deadline=None)
@given(given_problem=problems(), data=st.data())
def test_what_is_pinned_stays(given_problem: Problem, data: st.DataObject) -> None:
    first = solve(given_problem, SOON)
    pins = tuple(
        Pin(each.person, each.post) for each in first.assignments if data.draw(st.booleans())
    )
    again = solve(replace(given_problem, pins=pins), SOON)
    kept = {(each.person, each.post): each.why for each in again.assignments}
    assert all(kept[pin.person, pin.post] is Why.PINNED for pin in pins)
    if again.figures.bound is not None:
        assert again.figures.bound <= again.figures.cost + 1e-6


def test_weeks_are_planned_one_after_another() -> None:
    """Fifteen days, one person: five shifts in any seven days and no more."""
    shifts = tuple(shift(i, 24 * i) for i in range(15))
    posts = tuple(Post(i, ESTATE, GUIDE, i, 1) for i in range(15))
    given_problem = problem((Person(1, 1, ESTATE),), posts, shifts=shifts)
    plan = solve(given_problem, 0.3)
    assert check(given_problem, plan) == ()
    assert len(plan.assignments) >= 5
    assert plan.figures.bound is None


def test_a_search_that_is_stopped_gives_what_it_has() -> None:
    watch = Watch(stop=Event())
    assert watch.stop is not None
    watch.stop.set()
    given_problem = problem((Person(1, 1, ESTATE),), (Post(1, ESTATE, GUIDE, 1, 1),))
    assert check(given_problem, solve(given_problem, 60, watch)) == ()


def test_the_progress_is_told() -> None:
    told: list[float] = []
    given_problem = problem((Person(1, 1, ESTATE),), (Post(1, ESTATE, GUIDE, 1, 1),))
    solve(given_problem, SOON, Watch(report=lambda found: told.append(found.cost)))
    assert told
    assert told == sorted(told, reverse=True)


def test_a_scarce_skill_is_not_wasted() -> None:
    """The clerk sends the only recorder to guide; the flow does not."""
    people = (Person(1, bits(GUIDE, RECORDER), BUILDING), Person(2, bits(GUIDE), ESTATE))
    posts = (
        Post(1, BUILDING, GUIDE, 1, required=1, minimum=1, priority=1),
        Post(2, BUILDING, RECORDER, 1, required=1, minimum=1, priority=1),
    )
    plan = solve(problem(people, posts), SOON)
    assert {(a.person, a.post) for a in plan.assignments} == {(1, 2), (2, 1)}


INSIDE, ABROAD = Person(1, bits(GUIDE, RECORDER), ESTATE), Person(2, bits(GUIDE, SAMPLER), OUTSIDE)


@pytest.mark.parametrize(
    ("people", "post", "reason"),
    [
        ((), Post(9, ESTATE, GUIDE, 1, 1), Bar.NOBODY_HAS_ROLE),
        ((ABROAD,), Post(9, ESTATE, GUIDE, 1, 1), Bar.POST_SEALED),
        ((INSIDE,), Post(9, OUTSIDE, GUIDE, 1, 1), Bar.HOME_SEALED_ELSEWHERE),
        ((INSIDE,), Post(9, ESTATE, RECORDER, 2, 1), Bar.SHIFT_TOO_LONG),
        ((replace(INSIDE, available=0),), Post(9, ESTATE, GUIDE, 1, 1), Bar.NOT_AVAILABLE),
        ((INSIDE,), Post(9, ESTATE, GUIDE, 1, 2), None),
    ],
)
def test_why_a_gap_stays(people: tuple[Person, ...], post: Post, reason: Bar | None) -> None:
    plan = solve(problem(people, (post,), shifts=(shift(1), shift(2, 0, 7))), SOON)
    (gap,) = plan.gaps
    assert gap.short == 1
    assert gap.reason is (reason or Bar.NOBODY_HAS_ROLE)


def test_far_away_is_out_of_reach() -> None:
    far = Place(30, (1, 30), 50, 0)
    plan = solve(problem((ABROAD,), (Post(9, 30, GUIDE, 1, 1),), places=(*PLACES, far)), SOON)
    assert plan.gaps[0].reason is Bar.OUT_OF_REACH


@pytest.mark.parametrize(
    ("rules", "hours_before", "may"),
    [
        (RULES, -3, False),
        (RULES, -10, False),
        (RULES, -13, True),
        (replace(RULES, max_daily_hours=7.0), -13, False),
        (replace(RULES, max_shifts_week=1), -100, False),
        (replace(RULES, max_shifts_week=2), -100, True),
    ],
)
def test_what_people_do_elsewhere_counts(rules: Rules, hours_before: int, may: bool) -> None:
    start = DUSK + hours_before * HOUR
    given_problem = problem(
        (INSIDE,),
        (Post(9, ESTATE, GUIDE, 1, 1),),
        rules=rules,
        commitments=(Commitment(1, start, start + 4 * HOUR),),
    )
    plan = solve(given_problem, SOON)
    assert bool(plan.assignments) is may
    assert [gap.reason for gap in plan.gaps] == [] if may else [Bar.NOT_AVAILABLE]


def test_two_posts_at_one_time_are_outbid_by_one_another() -> None:
    posts = (Post(1, ESTATE, GUIDE, 1, 1, priority=9), Post(2, ESTATE, GUIDE, 1, 1))
    plan = solve(problem((INSIDE,), posts), SOON)
    assert [(a.post, a.why) for a in plan.assignments] == [(1, Why.INSIDE_ZONE)]
    assert [(g.post, g.reason) for g in plan.gaps] == [(2, Bar.OUTBID)]


@pytest.mark.parametrize(
    ("person", "post", "why"),
    [
        (INSIDE, Post(1, ESTATE, GUIDE, 1, 1), Why.INSIDE_ZONE),
        (ABROAD, Post(1, ESTATE, SAMPLER, 1, 1), Why.IN_SUIT),
        (ABROAD, Post(1, OUTSIDE, GUIDE, 1, 1), Why.AT_HOME),
        (ABROAD, Post(1, 31, GUIDE, 1, 1), Why.NEAREST),
        (ABROAD, Post(1, 32, GUIDE, 1, 1), Why.REACHABLE),
    ],
)
def test_why_this_person(person: Person, post: Post, why: Why) -> None:
    places = (*PLACES, Place(31, (1, 31), 3, 5), Place(32, (1, 32), 3, 9))
    plan = solve(problem((person,), (post,), places=places), SOON)
    assert [each.why for each in plan.assignments] == [why]


def test_the_load_is_shared() -> None:
    people = tuple(Person(i, 1, ESTATE) for i in range(3))
    shifts = tuple(shift(i, 24 * i) for i in range(3))
    posts = tuple(Post(i, ESTATE, GUIDE, i, 1) for i in range(3))
    plan = solve(problem(people, posts, shifts=shifts), 1.0)
    assert len({each.person for each in plan.assignments}) == 3


def seven_days() -> Problem:
    """Three shifts a day for seven days from dusk: eight dates, one week of rules."""
    people = [Person(i, bits(GUIDE), OUTSIDE) for i in range(6)]
    shifts = [shift(i, 8 * i, 8) for i in range(21)]
    posts = [Post(i, OUTSIDE, GUIDE, i, 1, 1) for i in range(21)]
    return problem(people, posts, shifts=shifts, rules=Rules(reach_km={GUIDE: 10.0}))


def test_a_week_that_begins_at_dusk_is_one_week_with_a_bound() -> None:
    week = seven_days()
    plan = solve(week, 1.0)
    assert check(week, plan) == ()
    assert plan.figures.bound is not None
    assert len(plan.assignments) > 3 * len(week.people)
