"""Each rule and each cost against cells counted by hand and against the slow checker:
muster.planner.city.constraints.availability, muster.planner.city.constraints.role,
muster.planner.city.constraints.seal, muster.planner.city.constraints.radius,
muster.planner.city.constraints.capacity, muster.planner.city.constraints.week,
muster.planner.city.constraints.rest, muster.planner.city.constraints.nights,
muster.planner.city.constraints.shortage, muster.planner.city.constraints.travel,
muster.planner.city.constraints.preference, muster.planner.city.constraints.load,
muster.planner.city.constraints.change."""

from dataclasses import replace
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings

from muster.planner.city.constraints import HARD, SOFT, nights, rest, seal, shortage, week
from muster.planner.city.problem import CONTROLLED, SEALED, CityProblem, Lines
from tests.planner.city.cases import nobody, plans, slow_breaches, slow_parts, tiny


@settings(deadline=None, max_examples=60)
@given(plans())
def test_every_rule_agrees_with_the_slow_checker(case: tuple[CityProblem, Lines]) -> None:
    city, plan = case
    found = {rule.NAME: rule.measure(city, plan).count for rule in HARD}
    assert {name: n for name, n in found.items() if n} == slow_breaches(city, plan)


@settings(deadline=None, max_examples=60)
@given(plans())
def test_every_cost_agrees_with_the_slow_checker(case: tuple[CityProblem, Lines]) -> None:
    city, plan = case
    found = {part.NAME: part.measure(city, plan).cost for part in (shortage, *SOFT)}
    assert found == pytest.approx(slow_parts(city, plan))


@pytest.mark.parametrize("rule", HARD, ids=lambda rule: rule.NAME)
def test_nobody_on_duty_breaks_nothing(rule: ModuleType) -> None:
    city = tiny()
    assert rule.measure(city, nobody(city)).count == 0


@pytest.mark.parametrize(("slots", "broken"), [((0, 3), 0), ((0, 2), 1), ((0, 1, 2), 2)])
def test_rest(slots: tuple[int, ...], broken: int) -> None:
    city = tiny()
    plan = nobody(city)
    plan[0, list(slots)] = 0
    assert rest.measure(city, plan).count == broken
    assert rest.measure(city, plan, since=3).count == 0


@pytest.mark.parametrize(
    ("slots", "broken"), [((0, 4, 12), 0), ((0, 4, 8), 1), ((0, 4, 8, 12), 2), ((1, 5, 9), 0)]
)
def test_nights(slots: tuple[int, ...], broken: int) -> None:
    city = tiny()
    plan = nobody(city)
    plan[0, list(slots)] = 0
    assert nights.measure(city, plan).count == broken


def test_week() -> None:
    city = tiny()
    plan = nobody(city)
    plan[0, ::4] = 0
    found = week.measure(city, plan)
    assert (found.count, found.examples[0].slot) == (2, 24)


def test_seal() -> None:
    """Home, place; who lives in a controlled compound stays, outsiders may come there."""
    city = replace(tiny(4), compound_status=np.array([0, SEALED, CONTROLLED, 0], np.int8))
    city = replace(city, person_home=np.arange(4, dtype=np.int32))
    at = [int(np.flatnonzero(city.line_place == c)[0]) for c in range(4)]
    may = [[bool(seal.allows(city, np.array([p]), np.array([q]))[0]) for q in at] for p in range(4)]
    yes, no = True, False
    assert may == [[yes, no, yes, yes], [no, yes, no, no], [no, no, yes, no], [yes, no, yes, yes]]
