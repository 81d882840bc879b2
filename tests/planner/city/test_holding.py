"""muster.planner.city.holding: a plan made beside what is held is legal together with it."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.planner.city.holding import budget, holding
from muster.planner.city.problem import FREE, CityProblem
from muster.planner.city.repair import repair
from tests.planner.city.cases import cities, nobody, slow_breaches, tiny


@settings(deadline=None, max_examples=30)
@given(cities(), st.integers(0, 1000))
def test_what_is_found_beside_the_held_is_legal_with_them(city: CityProblem, seed: int) -> None:
    whole = repair(city, nobody(city), 0).assignment
    held = np.where(np.random.default_rng(seed).random(whole.shape) < 0.5, whole, FREE)
    spared = holding(city, held)
    beside = repair(spared, nobody(city), 0).assignment
    assert (beside[held != FREE] == FREE).all()
    assert not slow_breaches(city, np.where(held != FREE, held, beside))


@settings(deadline=None, max_examples=30)
@given(cities(), st.integers(0, 1000))
def test_what_people_do_beside_it_may_stay(city: CityProblem, seed: int) -> None:
    whole = repair(city, nobody(city), 0).assignment
    held = np.where(np.random.default_rng(seed).random(whole.shape) < 0.5, whole, FREE)
    rest = np.where(held != FREE, FREE, whole).astype(np.int32)
    spared = holding(city, held, rest)
    assert spared.person_available[rest != FREE].all()
    mended = repair(spared, rest, 0).assignment
    assert not slow_breaches(city, np.where(held != FREE, held, mended))


def test_who_cannot_come_any_more_is_not_kept() -> None:
    city = tiny(2)
    plan = np.full((2, city.slots), FREE, np.int32)
    plan[:, 1] = 0
    away = replace(city, person_available=np.zeros_like(city.person_available))
    assert not holding(away, np.where(np.arange(2)[:, None] == 0, plan, FREE), plan)\
        .person_available.any()  # fmt: skip


def test_a_used_up_week_leaves_the_first_slots() -> None:
    free = np.array([True, False, True, True])
    budget(free, 2)
    assert free.tolist() == [True, False, True, False]
    budget(free, -1)
    assert not free.any()
