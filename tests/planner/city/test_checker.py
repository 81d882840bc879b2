"""muster.planner.city.checker, muster.planner.city.finding, muster.planner.city.fitting."""

import numpy as np
import pytest
from hypothesis import given, settings

from muster.planner.city.checker import fits, judge
from muster.planner.city.errors import BadCityPlan
from muster.planner.city.finding import EXAMPLES, duties
from muster.planner.city.fitting import room
from muster.planner.city.problem import FREE, CityProblem, Lines
from tests.planner.city.cases import nobody, plans, slow_breaches, slow_parts, tiny

OWN_WEEK = {"week", "rest", "nights"}


@settings(deadline=None, max_examples=40)
@given(plans())
def test_judgement(case: tuple[CityProblem, Lines]) -> None:
    city, plan = case
    judgement = judge(city, plan)
    assert judgement.legal == (not slow_breaches(city, plan))
    parts = slow_parts(city, plan)
    assert judgement.cost == pytest.approx(sum(parts.values()))
    assert judgement.soft == pytest.approx(sum(parts.values()) - parts["shortage"])
    assert judgement.to_json()["parts"] == judgement.parts
    assert all(0 < len(each.examples) <= EXAMPLES for each in judgement.broken)


def test_people_short() -> None:
    city = tiny()
    judgement = judge(city, nobody(city))
    assert judgement.short_of_required == city.required.sum()
    assert judgement.short_of_minimum == city.minimum.sum()
    assert (judgement.shifts, judgement.soft) == (0, 0)


def test_what_is_no_plan() -> None:
    city = tiny()
    for plan in (nobody(city)[:2], nobody(city).astype(float), nobody(city) - 1):
        with pytest.raises(BadCityPlan):
            fits(city, plan)


def test_the_past_is_not_judged() -> None:
    city = tiny()
    plan = nobody(city)
    plan[:, 3] = 0
    assert not judge(city, plan).legal
    assert judge(city, plan, since=4).legal


@settings(deadline=None, max_examples=40)
@given(plans())
def test_room_is_what_the_rules_leave(case: tuple[CityProblem, Lines]) -> None:
    """Adding a shift breaks a person's own week exactly when there is no room for it."""
    city, plan = case
    kept = nobody(city)
    for person, slot, line in zip(*duties(plan), strict=True):
        row = kept[person : person + 1]
        has_room = bool(room(city, row, int(slot))[0])
        kept[person, slot] = line
        assert has_room == (not OWN_WEEK & set(slow_breaches(city, kept)))
        if not has_room:
            kept[person, slot] = FREE
    assert np.count_nonzero(kept != FREE, axis=1).max() <= 5
