"""muster.planner.city.rules.repairing: after events the rules hold, and the past stays."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.planner.city.problem import SEALED, CityProblem
from muster.planner.city.repair import repair, what_stays
from muster.planner.city.rules.mending import Mending
from muster.planner.city.rules.model import no_rules
from muster.planner.city.rules.repairing import repair_with, rules_after
from tests.planner.city.cases import cities, nobody, slow_breaches, tiny
from tests.planner.city.rules.cases import slow_rules, some_rules
from tests.planner.city.rules.test_paying import total


@settings(deadline=None, max_examples=40)
@given(cities(), st.integers(0, 1000), st.integers(0, 20))
def test_the_rules_hold_afterwards_and_the_past_stays(
    city: CityProblem, seed: int, since: int
) -> None:
    rules = some_rules(city, seed)
    plan = Mending(city, rules, repair(city, nobody(city), 0).assignment).run()
    chance = np.random.default_rng(seed)
    away = chance.random(city.people) < 0.3
    free = city.person_available.copy()
    free[away, since:] = False
    now = replace(city, person_available=free)
    rules = rules_after(now, rules)
    mended = repair_with(now, rules, plan, since)
    assert (mended.assignment[:, :since] == plan[:, :since]).all()
    assert not slow_breaches(city, mended.assignment)
    assert not slow_rules(city, rules, mended.assignment)
    assert (mended.assignment[away, since:] < 0).all()
    assert len(mended.changes) == np.count_nonzero(mended.assignment != plan)


@settings(deadline=None, max_examples=40)
@given(cities(), st.integers(0, 1000), st.integers(0, 20), st.floats(0, 60))
def test_no_repair_costs_more_with_its_charges_than_doing_nothing(
    city: CityProblem, seed: int, since: int, charge: float
) -> None:
    rules = some_rules(city, seed)
    plan = Mending(city, rules, repair(city, nobody(city), 0).assignment).run()
    plan = np.ascontiguousarray(plan)
    free = city.person_available.copy()
    free[np.random.default_rng(seed).random(city.people) < 0.3, since:] = False
    now = replace(city, person_available=free)
    rules = rules_after(now, rules)
    least, _ = Mending(now, rules, what_stays(now, plan, since), since).least()
    mended = repair_with(now, rules, plan, since, charge=charge).assignment
    assert total(now, plan, mended, charge) <= total(now, plan, least, charge) + 1e-6
    still = repair_with(now, rules, plan, since, charge=1e9).assignment
    assert (still == least).all()


@settings(deadline=None, max_examples=20)
@given(cities(), st.integers(0, 20))
def test_rules_that_forbid_nothing_change_nothing(city: CityProblem, since: int) -> None:
    plan = repair(city, nobody(city), 0).assignment
    free = city.person_available.copy()
    free[::3, since:] = False
    now = replace(city, person_available=free)
    mended = repair_with(now, no_rules(now), plan, since)
    plainly = repair(now, plan, since)
    assert (mended.assignment == plainly.assignment).all()
    assert mended.changes == plainly.changes
    assert mended.filled == plainly.filled


@pytest.mark.parametrize(
    "change",
    [
        {"pinned": np.array([[0, 0, 0]])},
        {"forbidden": np.array([[0, 0, -1]])},
        {"line_needs": np.array([1])},
        {"person_newcomer": np.array([True])},
        {"person_team": np.array([0])},
        {"person_max_hours": np.array([0.0])},
        {"line_suit_hours": np.array([6.0])},
    ],
)
def test_any_rule_is_one(change: dict[str, np.ndarray]) -> None:
    nothing = no_rules(tiny(1))
    assert nothing.idle
    assert replace(nothing, person_tags=np.array([3])).idle
    assert not replace(nothing, **change).idle


def test_what_cannot_be_meant_any_more_goes() -> None:
    city = tiny(6)
    line, slot = np.argwhere(city.required > 0)[0].tolist()
    elsewhere = int(np.flatnonzero(city.line_place != city.line_place[line])[0])
    rules = replace(
        no_rules(city),
        pinned=np.array([[0, line, slot]]),
        person_team=np.array([0, 0, 1, 1, -1, -1]),
    )
    homes = np.array([1, 2, 3, 3, 0, 0], np.int32)
    place = int(city.line_place[line])
    homes[0] = 1 if place != 1 else 2
    homes[1] = 3
    status = np.zeros(4, np.int8)
    status[[homes[0], 3]] = SEALED
    after = rules_after(replace(city, person_home=homes, compound_status=status), rules)
    assert not len(after.pinned)
    assert after.person_team.tolist() == [-1, -1, 1, 1, -1, -1]
    assert elsewhere != line
