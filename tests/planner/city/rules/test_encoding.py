"""muster.planner.city.rules.encoding: a plan in seats is a plan, and keeps what seats can keep."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.planner.city.finding import duties
from muster.planner.city.problem import CityProblem
from muster.planner.city.repair import repair
from muster.planner.city.rules.encoding import encode
from tests.planner.city.cases import cities, nobody, slow_breaches, slow_parts
from tests.planner.city.rules.cases import some_rules


@settings(deadline=None, max_examples=25)
@given(cities(), st.integers(0, 1000))
def test_a_plan_in_seats_is_a_plan_of_the_city(city: CityProblem, seed: int) -> None:
    rules = some_rules(city, seed)
    seats = encode(city, rules)
    for base, split in ((city.required, seats.city.required), (city.minimum, seats.city.minimum)):
        joined = np.zeros_like(base)
        np.add.at(joined, seats.line, split)
        assert (joined == base).all()
    plan = repair(seats.city, nobody(city), 0).assignment
    decoded = seats.decode(plan)
    assert not slow_breaches(city, decoded)
    at = duties(plan)
    first = at.line < city.lines
    assert not rules.person_newcomer[at.person[first]].any()
    assert (rules.person_team[at.person] < 0).all()
    assert slow_parts(city, decoded)["travel"] == slow_parts(seats.city, plan)["travel"]
