"""The checker against plans made wrong by hand, rule by rule."""

import pytest

from muster.planner.checker import check
from muster.planner.plan import Assignment, Bar, Gap, Plan, Why
from muster.planner.problem import Commitment, Person, Place, Post, Rules
from tests.planner.problems import (
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
    shift,
)

FAR = Place(30, (1, 30), 50, 0)
INSIDE = Person(1, bits(GUIDE, RECORDER), ESTATE)
ABROAD = Person(2, bits(GUIDE, SAMPLER), OUTSIDE, available=0b111111)
SHIFTS = (shift(1), shift(2, 3), shift(3, 10), shift(4, 0, 7), shift(5, 24), shift(6, 48), shift(7))
POSTS = (
    Post(1, ESTATE, GUIDE, 1, 2, 1),
    Post(2, ESTATE, GUIDE, 2, 1),
    Post(3, ESTATE, GUIDE, 3, 1),
    Post(4, ESTATE, RECORDER, 4, 1),
    Post(5, OUTSIDE, GUIDE, 1, 1),
    Post(6, ESTATE, SAMPLER, 1, 1),
    Post(7, 30, GUIDE, 1, 1),
    Post(8, OUTSIDE, GUIDE, 7, 1),
    Post(9, ESTATE, GUIDE, 5, 1),
    Post(10, ESTATE, GUIDE, 6, 1),
)


def plan(*pairs: tuple[int, int], gaps: bool = True) -> Plan:
    filled = [post for _, post in pairs]
    told = tuple(
        Gap(post.id, short, max(0, post.minimum - filled.count(post.id)), Bar.OUTBID, ())
        for post in POSTS
        if (short := post.required - filled.count(post.id)) > 0 and gaps
    )
    return Plan(tuple(Assignment(a, b, Why.NEAREST, 0, 0) for a, b in pairs), told, "hand", 0)


@pytest.mark.parametrize(
    ("pairs", "broken"),
    [
        ([], set()),
        ([(1, 1)], set()),
        ([(1, 1), (1, 9)], set()),
        ([(2, 6)], set()),
        ([(3, 1)], {"unknown"}),
        ([(1, 99)], {"unknown"}),
        ([(1, 1), (1, 1)], {"double", "rest"}),
        ([(1, 3), (1, 3)], {"double", "rest", "too_many"}),
        ([(1, 6)], {"role"}),
        ([(2, 8)], {"available"}),
        ([(1, 5)], {"home_sealed"}),
        ([(2, 1)], {"post_sealed"}),
        ([(2, 7)], {"reach"}),
        ([(1, 4)], {"suit"}),
        ([(1, 1), (1, 2)], {"rest"}),
        ([(1, 1), (1, 3)], {"rest"}),
    ],
)
def test_each_rule(pairs: list[tuple[int, int]], broken: set[str]) -> None:
    given_problem = problem((INSIDE, ABROAD), POSTS, shifts=SHIFTS, places=(*PLACES, FAR))
    assert {violation.rule for violation in check(given_problem, plan(*pairs))} == broken


@pytest.mark.parametrize(
    ("rules", "rule"),
    [
        (Rules(max_shifts_week=2, max_nights_in_a_row=9), "week"),
        (Rules(max_daily_hours=3, max_nights_in_a_row=9), "day"),
        (Rules(max_nights_in_a_row=2), "nights"),
    ],
)
def test_the_rules_over_days(rules: Rules, rule: str) -> None:
    nights = tuple(shift(s.id, 24 * s.id + 6) for s in SHIFTS)
    posts = tuple(Post(i, ESTATE, GUIDE, i, 1) for i in (1, 2, 3))
    made = Plan(tuple(Assignment(1, i, Why.NEAREST, 0, 0) for i in (1, 2, 3)), (), "hand", 0)
    given_problem = problem((INSIDE,), posts, shifts=nights, rules=rules)
    assert {violation.rule for violation in check(given_problem, made)} == {rule}


def test_an_untold_gap_is_a_fault() -> None:
    given_problem = problem((INSIDE,), POSTS[:1], rules=RULES)
    assert [v.rule for v in check(given_problem, plan(gaps=False))] == ["gap"]


def test_what_was_broken_before_is_not_the_plans_fault() -> None:
    before = (
        Commitment(1, DUSK - 60 * HOUR, DUSK - 50 * HOUR),
        Commitment(1, DUSK - 50 * HOUR, DUSK - 40 * HOUR),
    )
    made = Plan((Assignment(1, 1, Why.NEAREST, 0, 0),), (), "hand", 0)
    post = Post(1, ESTATE, GUIDE, 1, 1)
    assert check(problem((INSIDE,), (post,), commitments=before), made) == ()
    tired = (Commitment(1, DUSK - 5 * HOUR, DUSK - HOUR),)
    broken = check(problem((INSIDE,), (post,), commitments=tired), made)
    assert [violation.rule for violation in broken] == ["rest"]
