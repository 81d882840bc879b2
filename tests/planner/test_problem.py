"""Also the mirror of muster.planner.errors."""

from dataclasses import replace

import pytest

from muster.planner.errors import BadProblem
from muster.planner.problem import Person, Post, Rules
from muster.policies import load
from tests.planner.problems import DUSK, ESTATE, GUIDE, HOUR, problem, shift

PERSON, POST = Person(1, 1, ESTATE), Post(1, ESTATE, GUIDE, 1, 1)


def test_the_rules_come_from_the_policy() -> None:
    policy = load("2022-04")
    rules = Rules.of(policy)
    assert rules.rest_hours == 8
    assert rules.enters_sealed(policy.role("sampler").bit)
    assert not rules.enters_sealed(policy.role("recorder").bit)
    assert rules.wears_suit(policy.role("recorder").bit)
    assert rules.reach_km[policy.role("patroller").bit] == 8


@pytest.mark.parametrize(
    ("people", "posts", "says"),
    [
        ((PERSON, PERSON), (POST,), "people use an id twice"),
        ((replace(PERSON, home=99),), (POST,), "people.home points at 99"),
        ((PERSON,), (replace(POST, place=98),), "posts.place points at 98"),
        ((PERSON,), (replace(POST, shift=97),), "posts.shift points at 97"),
        ((PERSON,), (replace(POST, minimum=2),), "post 1"),
        ((PERSON,), (replace(POST, priority=0),), "post 1"),
    ],
)
def test_a_problem_that_does_not_hold_together(
    people: tuple[Person, ...], posts: tuple[Post, ...], says: str
) -> None:
    with pytest.raises(BadProblem, match=says):
        problem(people, posts)


def test_a_shift_knows_its_hours() -> None:
    assert shift(1, 0, 6).hours == 6
    assert shift(1).start == DUSK
    assert shift(1).end - DUSK == 4 * HOUR
