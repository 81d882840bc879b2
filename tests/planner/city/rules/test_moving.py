"""muster.planner.city.rules.moving: a team is moved as a whole, where that is legal and pays."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.planner.city.problem import CityProblem, Lines
from muster.planner.city.rules.mending import Mending
from muster.planner.city.rules.model import Rules, no_rules
from tests.planner.city.cases import nobody, slow_breaches, slow_parts, tiny
from tests.planner.city.rules.cases import slow_rules
from tests.planner.city.rules.test_sending import placed, small

CHEAP, DEAR = 0, 1
"""Two lines at two places; in one slot two people are wanted at each."""
SLOT = 5


def two_posts() -> tuple[CityProblem, Rules, Lines]:
    """A team of two on the cheaper of two posts, the dearer one empty."""
    city = tiny(2)
    lines = [int(np.flatnonzero(city.line_place == place)[0]) for place in (0, 1)]
    required = np.zeros_like(city.required)
    required[lines, SLOT] = 2
    weight = city.weight_required.copy()
    weight[lines] = (50.0, 90.0)
    city = replace(
        city,
        required=required,
        minimum=np.zeros_like(required),
        weight_required=weight,
        compound_xy=np.zeros((4, 2)),
    )
    rules = replace(no_rules(city), person_team=np.array([0, 0]))
    plan = nobody(city)
    plan[:, SLOT] = lines[CHEAP]
    return city, rules, plan


@pytest.mark.parametrize(("charge", "moves"), [(0.0, True), (39.0, True), (41.0, False)])
def test_a_team_moves_when_it_gains_more_than_its_charge(charge: float, moves: bool) -> None:
    """Two seats of 90 for two of 50: each of the two may cost 40."""
    city, rules, plan = two_posts()
    mending = Mending(city, rules, plan, charge=charge)
    mending.move_teams()
    assert bool((mending.plan != plan).any()) is moves
    assert np.unique(mending.plan[:, SLOT]).size == 1
    assert not slow_rules(city, rules, np.ascontiguousarray(mending.plan))


def test_who_has_to_stay_keeps_his_team_there() -> None:
    city, rules, plan = two_posts()
    mending = Mending(city, rules, plan)
    mending.fixed[1, SLOT] = True
    mending.move_teams()
    assert (mending.plan == plan).all()


def test_the_past_stays() -> None:
    city, rules, plan = two_posts()
    mending = Mending(city, rules, plan, SLOT + 1)
    mending.move_teams()
    assert (mending.plan == plan).all()


@settings(deadline=None, max_examples=80)
@given(st.integers(0, 1000), st.floats(0, 100))
def test_moved_teams_keep_the_rules_and_cost_less(seed: int, charge: float) -> None:
    city, rules = small(seed)
    mending = Mending(city, rules, placed(city, rules, seed), charge=charge)
    mending.place_teams()
    before = np.ascontiguousarray(mending.plan)
    chance = np.random.default_rng(seed)
    required = city.required.copy()
    required[:, 5] = np.maximum(required[:, 5], chance.integers(0, 4, city.lines))
    now = replace(city, required=required)
    moving = Mending(now, rules, before, charge=charge)
    moving.move_teams()
    after = np.ascontiguousarray(moving.plan)
    assert not slow_breaches(now, after)
    assert not slow_rules(now, rules, after)
    changed = int((after != before).any(axis=1).sum())
    gained = sum(slow_parts(now, before).values()) - sum(slow_parts(now, after).values())
    assert gained >= charge * changed - 1e-6
    assert gained > 0 or (after == before).all()
    assert (after[2:] == before[2:]).all()
