"""muster.planner.city.weeks: several weeks, shifts of other lengths, and what a week takes over."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.planner.city.checker import judge
from muster.planner.city.problem import FREE, CityProblem, Lines
from muster.planner.city.repair import repair
from muster.planner.city.rules.judging import judge_with
from muster.planner.city.rules.model import no_rules
from muster.planner.city.rules.repairing import repair_with
from muster.planner.city.rules.solving import solve_with
from muster.planner.city.solving import solve
from muster.planner.city.weeks import week_of, week_within, weeks
from tests.planner.city.cases import cities, nobody, slow_breaches, tiny


def longer(city: CityProblem, times: int) -> CityProblem:
    """`city`, the same week `times` over."""
    return replace(
        city,
        person_available=np.tile(city.person_available, times),
        required=np.tile(city.required, times),
        minimum=np.tile(city.minimum, times),
    )


def shifts_of(city: CityProblem, hours: int) -> CityProblem:
    """`city` in shifts of 8 or 12 hours, with a night each day and twelve hours of rest."""
    a_day = 24 // hours
    kept = (np.arange(city.slots) % 4) < a_day
    return replace(
        city,
        person_available=city.person_available[:, kept],
        person_preference=city.person_preference[:, :a_day],
        required=city.required[:, kept],
        minimum=city.minimum[:, kept],
        slot_hours=hours,
        slots_a_day=a_day,
        rest_slots=-(-12 // hours),
    )


def test_two_weeks_are_legal_and_each_has_its_own_shifts() -> None:
    city = longer(tiny(40, 3), 2)
    solved = solve(city, 1.0)
    assert solved.judgement.legal
    assert 0 < solved.bound <= solved.cost
    served = (solved.assignment != FREE).reshape(40, 2, 28).sum(axis=2)
    assert served.max() == city.max_shifts
    assert served.sum(axis=1).max() > city.max_shifts


@pytest.mark.parametrize("hours", [8, 12])
def test_shifts_of_other_lengths(hours: int) -> None:
    city = shifts_of(tiny(40, 3), hours)
    solved = solve(city, 0.5)
    assert solved.judgement.legal
    assert solved.judgement.shifts
    gaps = [np.diff(np.flatnonzero(row != FREE)) for row in solved.assignment]
    assert min(int(gap.min()) for gap in gaps if len(gap)) * hours >= 12 + hours
    assert [len(range(28)[each]) for each in weeks(tiny())] == [28]
    assert city.weeks == 1


def test_rest_and_nights_reach_over_the_seam() -> None:
    city = longer(tiny(3), 2)
    before = nobody(tiny(3))
    before[0, [20, 24]] = 0
    before[1, 27] = 0
    second = week_of(city, slice(28, 56), before)
    assert np.flatnonzero(~second.person_available[0]).tolist() == [0]
    assert np.flatnonzero(~second.person_available[1]).tolist() == [0, 1]
    assert second.person_available[2].all()


def test_who_served_more_dislikes_it_more() -> None:
    city = longer(tiny(3), 2)
    before = nobody(tiny(3))
    before[0, [0, 4]] = 0
    more = week_of(city, slice(28, 56), before).person_preference - city.person_preference
    assert (more[0] > 0).all()
    assert more[0, 0] > more[0, 1]
    assert not more[1:].any()


def test_a_week_too_full_is_found_in_its_week() -> None:
    city = longer(tiny(1), 2)
    plan = nobody(city)
    plan[0, 29:47:3] = 0
    found = {each.name: each for each in judge(city, plan).broken}
    assert found["week"].count == 1
    assert found["week"].examples[0].slot == 44
    plan = nobody(city)
    plan[0, 13:43:3] = 0
    assert "week" not in {each.name for each in judge(city, plan).broken}


def test_rules_hold_in_every_week() -> None:
    city = longer(tiny(20, 3), 2)
    line, slot = np.argwhere(city.required[:, :28] > 0)[0].tolist()
    city = replace(city, compound_xy=np.zeros((4, 2)))
    rules = replace(
        no_rules(city),
        pinned=np.array([[0, line, slot + 28]]),
        forbidden=np.array([[1, line, slot + 28], [2, line, -1]]),
        person_max_hours=np.full(20, 12.0),
    )
    solved = solve_with(city, rules, 1.0)
    assert judge_with(city, rules, solved.assignment).legal
    assert solved.assignment[0, slot + 28] == line
    served = (solved.assignment != FREE).reshape(20, 2, 28).sum(axis=2)
    assert served.max() == 2
    assert served.sum(axis=1).max() == 4


@settings(deadline=None, max_examples=60)
@given(cities(), st.integers(0, 1000), st.integers(0, 55), st.booleans())
def test_a_repair_of_two_weeks_keeps_every_rule_and_the_past(
    city: CityProblem, seed: int, since: int, chains: bool
) -> None:
    city = longer(city, 2)
    plan = repair(city, nobody(city), 0, charge=0).assignment
    assert not slow_breaches_of_weeks(city, plan)
    away = np.random.default_rng(seed).random(city.people) < 0.3
    free = city.person_available.copy()
    free[away, since:] = False
    now = replace(city, person_available=free)
    mended = repair(now, plan, since, chains=chains)
    assert (mended.assignment[:, :since] == plan[:, :since]).all()
    assert (mended.assignment[away, since:] == FREE).all()
    assert not slow_breaches_of_weeks(city, mended.assignment)
    assert mended.dropped == np.count_nonzero(plan[away, since:] != FREE)
    again = plan.copy()
    for change in mended.changes:
        again[change.person, change.slot] = change.after
    assert (again == mended.assignment).all()


def slow_breaches_of_weeks(city: CityProblem, plan: Lines) -> dict[str, int]:
    """As `slow_breaches`, but five shifts in each week."""
    found = slow_breaches(city, plan)
    found.pop("week", None)
    served = (plan != FREE).reshape(city.people, 2, 28).sum(axis=2)
    return found | ({"week": 1} if served.max(initial=0) > city.max_shifts else {})


def test_nights_before_and_after_a_week_cap_its_own() -> None:
    city = longer(tiny(4), 3)
    plan = nobody(city)
    plan[0, 24] = 0  # one night before: the second of this week would be the third
    plan[1, [24, 32]] = 0  # and that second one is served: the first is left free
    plan[2, [56, 60]] = 0  # two nights after: none before them
    barred = ~week_within(city, slice(28, 56), plan).person_available
    assert np.flatnonzero(barred[0]).tolist() == [4]
    assert np.flatnonzero(barred[1]).tolist() == [0]
    assert np.flatnonzero(barred[2]).tolist() == [24, 26, 27]
    assert not barred[3].any()


@settings(deadline=None, max_examples=10)
@given(cities())
def test_the_bound_of_two_weeks_is_below_every_legal_plan(city: CityProblem) -> None:
    city = longer(city, 2)
    solved = solve(city, 0.2)
    legal = judge(city, repair(city, nobody(city), 0, charge=0).assignment)
    assert legal.legal
    assert solved.bound <= min(solved.cost, legal.cost) + 1e-6


def test_the_bound_of_two_weeks_is_near() -> None:
    solved = solve(longer(tiny(40, 3), 2), 2.0)
    assert 0 < solved.gap < 0.1


def test_the_bound_with_rules_of_two_weeks_holds() -> None:
    city = longer(tiny(20, 3), 2)
    rules = replace(no_rules(city), person_max_hours=np.full(20, 12.0))
    solved = solve_with(city, rules, 1.0)
    assert 0 < solved.bound <= solved.cost


def test_a_repair_with_rules_takes_two_weeks() -> None:
    city = longer(tiny(20, 3), 2)
    rules = replace(no_rules(city), person_max_hours=np.full(20, 12.0))
    plan = solve_with(city, rules, 0.5).assignment
    gone = np.ones_like(city.person_available)
    gone[:5, 20:] = False
    mended = repair_with(replace(city, person_available=gone), rules, plan, 20)
    assert judge_with(city, rules, mended.assignment).legal
    assert (mended.assignment[:5, 20:] == FREE).all()
