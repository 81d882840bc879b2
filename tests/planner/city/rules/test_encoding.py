"""muster.planner.city.rules.encoding, muster.planner.city.rules.seating: a plan in seats is a plan,
beside those who are placed, and a seat is for those who bring what it asks."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.planner.city.finding import duties
from muster.planner.city.problem import FREE, CityProblem
from muster.planner.city.repair import repair
from muster.planner.city.rules.encoding import encode
from muster.planner.city.rules.seating import seats_of
from tests.planner.city.cases import cities, nobody, slow_breaches, slow_parts, tiny
from tests.planner.city.rules.cases import some_rules


@settings(deadline=None, max_examples=25)
@given(cities(), st.integers(0, 1000))
def test_a_plan_in_seats_is_a_plan_of_the_city(city: CityProblem, seed: int) -> None:
    rules = some_rules(city, seed)
    seats = encode(city, rules, nobody(city))
    joined, needed = np.zeros_like(city.required), np.zeros_like(city.minimum)
    np.add.at(joined, seats.line, seats.city.required)
    np.add.at(needed, seats.line, seats.city.minimum)
    assert (joined == city.required).all()
    assert (needed >= city.minimum).all()
    plan = repair(seats.city, nobody(city), 0).assignment
    decoded = seats.decode(plan)
    assert not slow_breaches(city, decoded)
    assert (rules.person_team[duties(plan).person] < 0).all()
    assert slow_parts(city, decoded)["travel"] == slow_parts(seats.city, plan)["travel"]


@settings(deadline=None, max_examples=25)
@given(cities(), st.integers(0, 1000))
def test_a_post_whose_seats_are_taken_has_its_tags_and_its_guide(
    city: CityProblem, seed: int
) -> None:
    rules = some_rules(city, seed)
    seats = encode(city, rules, nobody(city))
    asked = seats_of(city, rules, nobody(city))
    plan = repair(seats.city, nobody(city), 0).assignment
    at = duties(plan)
    taken = np.zeros_like(asked.wanted)
    first = at.line >= city.lines
    taken[at.line[first] - city.lines, at.slot[first]] = 1
    decoded = seats.decode(plan)
    for q, t in np.argwhere(city.required > 0).tolist():
        mine = asked.line == q
        if (taken[mine, t] == asked.wanted[mine, t]).all() and (decoded[:, t] == q).any():
            there = np.flatnonzero(decoded[:, t] == q)
            held = int(np.bitwise_or.reduce(rules.person_tags[there]))
            assert int(rules.line_needs[q]) & ~held == 0


def test_who_is_placed_is_left_out_and_brings_his_tag() -> None:
    city = replace(tiny(6), compound_xy=np.zeros((4, 2)))
    line, slot = np.argwhere(city.required >= 2)[0].tolist()
    needs = np.zeros(city.lines, np.int64)
    needs[line] = 1
    tags = np.array([1, 0, 0, 0, 0, 0])
    rules = replace(
        some_rules(city, 1),
        person_newcomer=np.zeros(6, bool),
        person_tags=tags,
        line_needs=needs,
        pinned=np.array([[0, line, slot]]),
        person_max_hours=np.array([6.0, 12.0, np.inf, 0.0, 30.0, 11.0]),
    )
    placed = nobody(city)
    placed[0, slot] = line
    seats = encode(city, rules, placed)
    assert not seats.city.person_available[0, slot]
    joined = np.zeros_like(city.required)
    np.add.at(joined, seats.line, seats.city.required)
    assert joined[line, slot] == city.required[line, slot] - 1
    assert not seats.city.required[city.lines :, slot][seats.line[city.lines :] == line].any()
    assert seats.most.tolist() == [0, 2, 5, 0, 5, 1]
    assert seats.decode(nobody(city))[0, slot] == line
    assert FREE in seats.decode(nobody(city))
