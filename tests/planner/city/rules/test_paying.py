"""muster.planner.city.rules.paying: what does not gain its charge is taken back, nothing else."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.planner.city.finding import Duties
from muster.planner.city.problem import FREE, CityProblem, Lines
from muster.planner.city.rules.mending import Mending
from muster.planner.city.rules.model import Rules, no_rules
from muster.planner.city.rules.paying import paying, told
from tests.planner.city.cases import cities, nobody, slow_breaches, slow_parts, tiny
from tests.planner.city.rules.cases import slow_rules, some_rules
from tests.planner.city.rules.test_rules import legal_part


def total(city: CityProblem, plan: Lines, now: Lines, charge: float) -> float:
    """Cost and charges, read slowly."""
    heard = 0
    for p in range(city.people):
        differs = [t for t in range(city.slots) if now[p, t] != plan[p, t]]
        heard += any(now[p, t] != FREE or city.person_available[p, t] for t in differs)
    return sum(slow_parts(city, now).values()) + charge * heard


def legal(city: CityProblem, rules: Rules, seed: int) -> Lines:
    """Any plan that keeps the rules."""
    chance = np.random.default_rng(seed)
    plan = chance.integers(-1, city.lines, (city.people, city.slots)).astype(np.int32)
    plan[chance.random(plan.shape) < 0.6] = FREE
    mending = Mending(city, rules, legal_part(city, plan))
    mending.withdraw()
    return np.ascontiguousarray(mending.plan)


@settings(deadline=None, max_examples=60)
@given(cities(), st.integers(0, 1000), st.floats(0, 100))
def test_no_choice_of_people_is_better_and_the_rules_hold(
    city: CityProblem, seed: int, charge: float
) -> None:
    rules = some_rules(city, seed)
    plan, least, mended = (legal(city, rules, seed + at) for at in range(3))
    made = paying(city, rules, plan, least, mended, charge=charge)
    assert not slow_breaches(city, made)
    assert not slow_rules(city, rules, made)
    found = total(city, plan, made, charge)
    assert found <= total(city, plan, least, charge) + 1e-6
    assert found <= total(city, plan, mended, charge) + 1e-6
    changed = np.flatnonzero((least != mended).any(axis=1)).tolist()
    for many in range(len(changed) + 1):
        for people in combinations(changed, many):
            other = least.copy()
            other[list(people)] = mended[list(people)]
            if apart(city, rules, least, mended, set(people)):
                assert found <= total(city, plan, other, charge) + 1e-6


def apart(city: CityProblem, rules: Rules, least: Lines, mended: Lines, people: set[int]) -> bool:
    """Do `people` share no changed place or team with the others who change?"""
    touched: list[set[tuple[str, int, int]]] = [set(), set()]
    for p, t in np.argwhere(least != mended).tolist():
        mine = touched[int(p in people)]
        for line in (least[p, t], mended[p, t]):
            if line != FREE:
                mine.add(("place", int(city.line_place[line]), t))
        if rules.person_team[p] >= 0:
            mine.add(("team", int(rules.person_team[p]), t))
    return not touched[0] & touched[1]


def test_a_move_is_made_only_when_it_gains_more_than_its_charge() -> None:
    city = tiny(3)
    line, slot = np.argwhere((city.required == 1) & (city.minimum == 1))[0].tolist()
    worth = city.weight_minimum[line] + city.weight_required[line]
    mended = nobody(city)
    mended[0, slot] = line
    for charge, kept in ((0.0, True), (worth - 30, True), (worth, False)):
        made = paying(city, no_rules(city), nobody(city), nobody(city), mended, charge=charge)
        assert bool((made == mended).all()) is kept


def test_what_cannot_come_back_stays() -> None:
    city = tiny(3)
    line, slot = np.argwhere(city.required >= 2)[0].tolist()
    least, mended = nobody(city), nobody(city)
    least[0, slot] = mended[:2, slot] = line
    needed = Duties(np.array([0]), np.array([slot]), np.array([line], np.int32))
    kept = paying(city, no_rules(city), least, least, mended, charge=1e6, needed=needed)
    assert (kept == mended).all()
    assert (paying(city, no_rules(city), least, least, mended, charge=1e6) == least).all()


def test_who_drops_out_himself_is_not_told() -> None:
    city = tiny(2)
    line, slot = np.argwhere(city.required >= 1)[0].tolist()
    plan = nobody(city)
    plan[:, slot] = line
    city.person_available[0] = False
    assert told(city, plan, nobody(city), np.arange(2)).tolist() == [False, True]
    assert total(city, plan, plan, 1.0) == pytest.approx(sum(slow_parts(city, plan).values()))
