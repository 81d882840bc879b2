"""Hours in a suit count by the day, over all lines in suit."""

from dataclasses import replace

import numpy as np

from muster.planner.city.finding import duties
from muster.planner.city.rules import suit
from muster.planner.city.rules.contradictions import contradictions
from muster.planner.city.rules.model import no_rules
from tests.planner.city.cases import nobody, tiny


def test_the_second_shift_of_a_day_in_suit_is_too_much() -> None:
    city = tiny(2)
    limits = np.full(city.lines, np.inf)
    limits[[0, 1]] = 6.0
    rules = replace(no_rules(city), line_suit_hours=limits)
    plan = nobody(city)
    plan[0, [1, 3, 4]] = [0, 1, 0]
    plan[1, [1, 2]] = [0, 2]
    assert suit.breaches(city, rules, duties(plan)).tolist() == [False, True, False, False, False]
    assert suit.measure(city, rules, plan).count == 1
    assert suit.measure(city, rules, plan, since=4).count == 0
    assert suit.allows(city, rules, plan, 1, 2).tolist() == [False, False]
    assert suit.allows(city, rules, plan, 2, 2).tolist() == [True, True]
    assert suit.allows(city, rules, plan, 1, 8).tolist() == [True, True]


def test_a_shift_longer_than_the_limit_is_a_contradiction() -> None:
    city = tiny(2)
    rules = replace(no_rules(city), line_suit_hours=np.full(city.lines, 4.0))
    assert any("plan shorter shifts" in each for each in contradictions(city, rules))
