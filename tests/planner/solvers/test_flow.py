"""muster.planner.solvers.flow against brute force on tiny shifts (and greedy beside it)."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from muster.planner import solve
from muster.planner.problem import Person, Post, Rules
from tests.planner.problems import ESTATE, problem


@settings(max_examples=100, deadline=None)
@given(
    roles=st.lists(st.integers(0, 7), min_size=1, max_size=5),
    required=st.lists(st.integers(0, 2), min_size=3, max_size=3),
)
def test_one_shift_is_filled_as_well_as_can_be(roles: list[int], required: list[int]) -> None:
    people = tuple(Person(i, mask, ESTATE) for i, mask in enumerate(roles))
    posts = tuple(Post(i, ESTATE, i, 1, count) for i, count in enumerate(required))
    plan = solve(problem(people, posts, rules=Rules()))
    best = max(
        sum(min(required[role], choice.count(role)) for role in range(3))
        for choice in product(range(4), repeat=len(roles))
        if all(role == 3 or mask >> role & 1 for mask, role in zip(roles, choice, strict=True))
    )
    assert len(plan.assignments) == best
