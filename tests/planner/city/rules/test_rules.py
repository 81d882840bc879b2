"""Each rule against the slow reading, and what mending makes of any legal plan:
muster.planner.city.rules.pinned, muster.planner.city.rules.forbidden,
muster.planner.city.rules.hours, muster.planner.city.rules.presence,
muster.planner.city.rules.newcomers, muster.planner.city.rules.teams,
muster.planner.city.rules.judging, muster.planner.city.rules.mending."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.planner.city.checker import judge
from muster.planner.city.finding import duties
from muster.planner.city.fitting import room
from muster.planner.city.problem import FREE, CityProblem, Lines
from muster.planner.city.rules import ALL
from muster.planner.city.rules.judging import judge_with
from muster.planner.city.rules.mending import Mending
from muster.planner.city.rules.model import no_rules
from tests.planner.city.cases import cities, nobody, plans, slow_breaches, tiny
from tests.planner.city.rules.cases import Case, cases, slow_rules, some_rules


def legal_part(city: CityProblem, plan: Lines) -> Lines:
    """The shifts of `plan` that can be kept one after the other."""
    kept = nobody(city)
    for person, slot, line in zip(*duties(plan), strict=True):
        if room(city, kept[person : person + 1], int(slot))[0]:
            kept[person, slot] = line
            if slow_breaches(city, kept):
                kept[person, slot] = FREE
    return kept


@settings(deadline=None, max_examples=150)
@given(cases())
def test_every_rule_agrees_with_the_slow_reading(case: Case) -> None:
    city, rules, plan = case
    found = {rule.NAME: rule.measure(city, rules, plan).count for rule in ALL}
    assert {name: n for name, n in found.items() if n} == slow_rules(city, rules, plan)


@settings(deadline=None, max_examples=60)
@given(cases())
def test_the_judgement_holds_both_kinds_of_rule(case: Case) -> None:
    city, rules, plan = case
    both = slow_breaches(city, plan) | slow_rules(city, rules, plan)
    judged = judge_with(city, rules, plan)
    assert {each.name: each.count for each in judged.broken} == both
    assert judged.cost == judge(city, plan).cost


@settings(deadline=None, max_examples=100)
@given(plans(), st.integers(0, 1000))
def test_a_mended_plan_keeps_every_rule(case: tuple[CityProblem, Lines], seed: int) -> None:
    city, plan = case
    rules = some_rules(city, seed)
    mended = Mending(city, rules, legal_part(city, plan)).run()
    assert not slow_breaches(city, mended)
    assert not slow_rules(city, rules, mended)


@settings(deadline=None, max_examples=40)
@given(cities(), st.integers(0, 1000))
def test_without_rules_nobody_is_withdrawn(city: CityProblem, seed: int) -> None:
    chance = np.random.default_rng(seed)
    plan = chance.integers(-1, city.lines, (city.people, city.slots)).astype(np.int32)
    plan = legal_part(city, plan)
    mended = Mending(city, no_rules(city), plan).run()
    assert (mended[plan != FREE] == plan[plan != FREE]).all()


def at_work(city: CityProblem) -> tuple[int, int]:
    """A line and slot at which three and more are required."""
    line, slot = np.argwhere(city.required >= 3)[0].tolist()
    return int(line), int(slot)


def test_a_pin_takes_the_place_of_somebody_else() -> None:
    city = tiny(12)
    line, slot = at_work(city)
    plan = nobody(city)
    plan[1 : 1 + city.required[line, slot], slot] = line
    rules = replace(
        no_rules(city),
        pinned=np.array([[0, line, slot]]),
        person_max_hours=np.full(12, 6.0),
    )
    plan[0, (slot + 5) % city.slots] = plan[1, slot]
    mended = Mending(city, rules, plan).run()
    assert mended[0, slot] == line
    assert np.count_nonzero(mended[0] != FREE) == 1
    assert judge_with(city, rules, mended).legal or "radius" in slow_breaches(city, mended)


def test_a_leader_is_brought_and_a_team_placed_whole() -> None:
    city = replace(tiny(6), person_home=np.zeros(6, np.int32))
    line, slot = at_work(city)
    city = replace(city, compound_xy=np.zeros((4, 2)))
    plan = nobody(city)
    plan[0, slot] = line
    tags, needs = np.array([0, 1, 0, 0, 0, 0]), np.zeros(city.lines, np.int64)
    needs[line] = 1
    rules = replace(no_rules(city), person_tags=tags, line_needs=needs)
    assert Mending(city, rules, plan).run()[:2, slot].tolist() == [line, line]
    rules = replace(no_rules(city), person_team=np.array([-1, -1, -1, -1, 0, 0]))
    mended = Mending(city, rules, plan).run()
    assert (mended[4] != FREE).any()
    assert judge_with(city, rules, mended).legal


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.NAME)
def test_nobody_on_duty_breaks_nothing(rule: object) -> None:
    city = tiny()
    rules = some_rules(city, 1)
    assert rule.measure(city, rules, nobody(city)).count == 0  # type: ignore[attr-defined]
