"""muster.planner.city.rules.hopeless: no plan that keeps the rules has anybody at such a post."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.planner.city.checker import judge
from muster.planner.city.problem import FREE, SEALED, CityProblem
from muster.planner.city.repair import repair
from muster.planner.city.rules.hopeless import closed, hopeless
from muster.planner.city.rules.mending import Mending
from muster.planner.city.rules.model import no_rules
from tests.planner.city.cases import cities, nobody, tiny
from tests.planner.city.rules.cases import some_rules


@settings(deadline=None, max_examples=60)
@given(cities(), st.integers(0, 1000))
def test_a_plan_that_keeps_the_rules_costs_the_same_without_them(
    city: CityProblem, seed: int
) -> None:
    rules = some_rules(city, seed)
    plan = Mending(city, rules, repair(city, nobody(city), 0).assignment).run()
    posts = hopeless(city, rules)
    real, lost = closed(city, posts)
    person, slot = np.nonzero(plan != FREE)
    assert not posts[plan[person, slot], slot].any()
    assert abs(judge(real, plan).cost + lost - judge(city, plan).cost) < 1e-6


def test_one_who_can_lead_there_is_enough() -> None:
    city = replace(tiny(4), compound_xy=np.zeros((4, 2)))
    line, slot = np.argwhere(city.required >= 2)[0].tolist()
    needs = np.zeros(city.lines, np.int64)
    needs[line] = 0b11
    rules = replace(no_rules(city), line_needs=needs, person_tags=np.array([1, 2, 0, 0]))
    assert not hopeless(city, rules).any()
    away = city.person_available.copy()
    away[1, slot] = False
    assert np.argwhere(hopeless(replace(city, person_available=away), rules)).tolist() == [
        [line, slot]
    ]
    single = replace(city, required=np.minimum(city.required, 1), minimum=city.minimum * 0)
    assert hopeless(single, rules)[line, slot]
    both = replace(rules, person_tags=np.array([3, 0, 0, 0]))
    assert not hopeless(single, both).any()


def test_newcomers_shut_in_by_themselves_serve_nowhere() -> None:
    city = tiny(4)
    status = np.zeros(4, np.int8)
    status[1] = SEALED
    city = replace(city, compound_status=status, person_home=np.array([1, 1, 0, 0], np.int32))
    newcomer = np.array([True, True, False, False])
    posts = hopeless(city, replace(no_rules(city), person_newcomer=newcomer))
    inside = city.line_place == 1
    assert posts[inside].sum() == np.count_nonzero(city.required[inside])
    assert not posts[~inside].any()
