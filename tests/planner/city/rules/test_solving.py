"""muster.planner.city.rules.solving: legal plans leave, the bound holds, what cannot be is said."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from muster.planner.city.errors import RulesUnmet
from muster.planner.city.problem import FREE, CityProblem, Lines
from muster.planner.city.rules.model import Rules, no_rules
from muster.planner.city.rules.solving import solve_with
from tests.planner.city.cases import nobody, slow_breaches, slow_parts, tiny
from tests.planner.city.rules.cases import slow_rules, some_rules

LINES, SLOTS = (0, 1), (1, 5)


def small(seed: int) -> CityProblem:
    """Three people, two lines with posts in two slots: 729 plans."""
    city = tiny(3, seed)
    required = np.zeros_like(city.required)
    required[np.ix_(LINES, SLOTS)] = np.random.default_rng(seed).integers(0, 3, (2, 2))
    return replace(city, required=required, minimum=np.minimum(required, 1))


def cheapest(city: CityProblem, rules: Rules) -> float:
    """The least cost of all plans that the slow readings find legal."""
    least = float("inf")
    for chosen in product((FREE, *LINES), repeat=3 * len(SLOTS)):
        plan: Lines = nobody(city)
        plan[:, list(SLOTS)] = np.array(chosen).reshape(3, len(SLOTS))
        if not slow_breaches(city, plan) and not slow_rules(city, rules, plan):
            least = min(least, sum(slow_parts(city, plan).values()))
    return least


@settings(deadline=None, max_examples=6)
@given(st.integers(0, 1000))
def test_the_bound_is_below_and_the_plan_above_the_cheapest_legal_plan(seed: int) -> None:
    city = small(seed)
    rules = some_rules(city, seed)
    solved = solve_with(city, rules, 0.3)
    least = cheapest(city, rules)
    assert solved.bound <= least + 1e-6
    assert solved.cost >= least - 1e-6
    assert not slow_breaches(city, solved.assignment)
    assert not slow_rules(city, rules, solved.assignment)


@settings(deadline=None, max_examples=6)
@given(st.integers(0, 1000))
def test_with_a_pin_too(seed: int) -> None:
    """The pinned person may break no rule by himself; his pin is kept, at no less than it costs."""
    city = replace(small(seed), compound_xy=np.zeros((4, 2)))
    posts = np.argwhere(city.required > 0)
    assume(len(posts))
    line, slot = posts[seed % len(posts)].tolist()
    rules = replace(
        no_rules(city),
        pinned=np.array([[0, line, slot]]),
        person_newcomer=np.array([False, True, True]),
        person_max_hours=np.array([6.0, 12.0, 6.0]),
    )
    solved = solve_with(city, rules, 0.3)
    least = cheapest(city, rules)
    assert solved.assignment[0, slot] == line
    assert solved.bound <= least + 1e-6
    assert solved.cost >= least - 1e-6
    assert not slow_rules(city, rules, solved.assignment)


def test_a_pin_that_breaks_another_rule_is_told() -> None:
    city = small(1)
    line, slot = np.argwhere(city.required == city.required.max())[0].tolist()
    city = replace(city, compound_xy=np.zeros((4, 2)))
    rules = replace(
        no_rules(city),
        pinned=np.array([[0, line, slot]]),
        person_newcomer=np.ones(3, bool),
    )
    with pytest.raises(RulesUnmet, match=f"newcomers .* person 0 on line {line} in slot {slot}"):
        solve_with(city, rules, 0.2)
