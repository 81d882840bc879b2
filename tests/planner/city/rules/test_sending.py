"""muster.planner.city.rules.sending: seats against every way to take them, outings against every
place and slot."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.planner.city.problem import CityProblem, Lines
from muster.planner.city.rules.mending import Mending
from muster.planner.city.rules.model import Rules, no_rules
from muster.planner.city.rules.sending import Board, Seat, seating, teams_of
from tests.planner.city.cases import nobody, slow_breaches, slow_parts, tiny
from tests.planner.city.rules.cases import slow_rules, some_rules


def dearest(seats: list[Seat], able: np.ndarray, given_: dict[int, int]) -> float | None:
    """The best of all ways for everybody to take a seat."""
    best = None
    for chosen in product(range(len(seats)), repeat=len(able)):
        columns = [seats[i].column for i in chosen]
        if len(set(chosen)) < len(chosen) or any(columns[p] != q for p, q in given_.items()):
            continue
        if all(able[p, q] for p, q in enumerate(columns)):
            worth = sum(seats[i].worth for i in chosen)
            best = worth if best is None else max(best, worth)
    return best


@settings(deadline=None, max_examples=150)
@given(st.integers(0, 10_000))
def test_no_seating_is_dearer(seed: int) -> None:
    chance = np.random.default_rng(seed)
    many, lines = int(chance.integers(1, 4)), int(chance.integers(1, 4))
    able = chance.random((many, lines)) < 0.6
    seats = sorted(
        (Seat(float(chance.integers(1, 4) * 60), q) for q in range(lines) for _ in range(2)),
        key=lambda each: -each.worth,
    )
    led = {0: 0} if chance.random() < 0.3 and able[0, 0] else {}
    found, best = seating(seats, able, led), dearest(seats, able, led)
    assert (found is None) == (best is None)
    if found is not None and best is not None:
        assert found[0] == pytest.approx(best)
        assert all(able[p, q] for p, q in enumerate(found[1]))
        assert all(found[1][p] == q for p, q in led.items())


def small(seed: int) -> tuple[CityProblem, Rules]:
    """Four people, two of them a team; posts in two slots; tags, newcomers, bans, suits."""
    city = tiny(4, seed)
    chance = np.random.default_rng(seed)
    required = np.zeros_like(city.required)
    some = chance.choice(city.lines, 5, replace=False)
    for slot in (1, 5):
        required[some, slot] = chance.integers(0, 3, 5)
    city = replace(city, required=required, minimum=np.minimum(required, 1))
    rules = replace(some_rules(city, seed), person_team=np.array([0, 0, -1, -1]))
    return city, rules


def placed(city: CityProblem, rules: Rules, seed: int) -> Lines:
    """The others of `small` at work, as far as that is legal."""
    plan = nobody(city)
    slots = (1, 5)
    chance = np.random.default_rng(seed)
    plan[np.ix_((2, 3), slots)] = chance.integers(-1, city.lines, (2, 2))
    if slow_breaches(city, plan):
        return nobody(city)
    mending = Mending(city, rules, plan)
    mending.withdraw()
    return np.ascontiguousarray(mending.plan)


def best_outing(city: CityProblem, rules: Rules, plan: Lines) -> float:
    """What the best way to send the team out once saves, all ways tried."""
    now, best = sum(slow_parts(city, plan).values()), 0.0
    for slot in (1, 5):
        lines = np.flatnonzero(city.required[:, slot]).tolist()
        for chosen in product(lines, repeat=2):
            after = plan.copy()
            after[:2, slot] = chosen
            if not slow_breaches(city, after) and not slow_rules(city, rules, after):
                best = max(best, now - sum(slow_parts(city, after).values()))
    return best


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 1000))
def test_an_outing_keeps_the_rules_and_is_worth_what_it_says(seed: int) -> None:
    city, rules = small(seed)
    others = placed(city, rules, seed) if seed % 2 else nobody(city)
    board = Board(city, rules, others)
    (members,) = teams_of(rules)
    team = board.team(members)
    before = sum(slow_parts(city, others).values())
    found = board.outing(team, board.prospects(team), np.ones(city.slots, np.bool_))
    if found is None:
        least = best_outing(city, replace(rules, line_needs=rules.line_needs * 0), others)
        assert least <= 1e-6 or rules.line_needs.any()
        return
    board.put(members, found.lines, found.slot)
    assert not slow_breaches(city, others)
    assert not slow_rules(city, rules, others)
    assert before - sum(slow_parts(city, others).values()) == pytest.approx(found.gain)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 1000))
def test_without_needs_where_a_place_is_one_spot_no_outing_is_better(seed: int) -> None:
    city, rules = small(seed)
    spots = city.line_place.astype(np.int64)
    rules = replace(rules, line_needs=rules.line_needs * 0, line_spot=spots)
    board = Board(city, rules, nobody(city))
    (members,) = teams_of(rules)
    team = board.team(members)
    found = board.outing(team, board.prospects(team), np.ones(city.slots, np.bool_))
    gain = found.gain if found else 0.0
    best = best_outing(city, rules, nobody(city))
    assert gain == pytest.approx(best, abs=2 * city.change_cost)


def test_a_team_is_charged_and_sent_where_it_may() -> None:
    city = replace(tiny(4), compound_xy=np.zeros((4, 2)))
    rules = replace(no_rules(city), person_team=np.array([0, 0, 0, -1]))
    board = Board(city, rules, nobody(city))
    (members,) = teams_of(rules)
    team = board.team(members)
    every = np.ones(city.slots, np.bool_)
    free = board.outing(team, board.prospects(team), every)
    assert free is not None
    dear = board.outing(team, board.prospects(team), every, charge=100.0)
    assert dear is not None
    assert dear.gain == pytest.approx(free.gain - 100.0)
    assert board.outing(team, board.prospects(team), every, charge=1e6) is None
    where = np.zeros((city.lines, city.slots), np.bool_)
    assert Board(city, rules, nobody(city), where=where).outing(
        team, Board(city, rules, nobody(city), where=where).prospects(team), every
    ) is None  # fmt: skip


def test_who_leaves_must_not_be_missed() -> None:
    city = tiny(3)
    line, slot = np.argwhere(city.required >= 3)[0].tolist()
    needs = np.zeros(city.lines, np.int64)
    needs[line] = 1
    rules = replace(
        no_rules(city),
        line_needs=needs,
        person_tags=np.array([1, 0, 0]),
        person_newcomer=np.array([False, False, True]),
        person_team=np.array([0, -1, -1]),
    )
    plan = nobody(city)
    plan[:, slot] = line
    board = Board(city, rules, plan)
    lines = board.take(np.array([0]), slot)
    assert lines.tolist() == [line]
    assert not board.sound(lines, slot)
    board.put(np.array([0]), lines, slot)
    assert board.sound(lines, slot)
    board.take(np.array([1]), slot)
    assert board.sound(lines, slot)
    board.rules.person_tags[2] = 1
    board.take(np.array([0]), slot)
    assert not board.sound(lines, slot)  # a newcomer would be alone
