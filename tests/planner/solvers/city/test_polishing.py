"""muster.planner.solvers.city.polishing: never dearer, always legal, and over when it is told."""

from itertools import count

import numpy as np
import pytest
from hypothesis import given, settings

from muster.planner.city.checker import judge
from muster.planner.city.generate import generate
from muster.planner.city.problem import CityProblem
from muster.planner.city.repair import repair
from muster.planner.solvers.city import polishing
from muster.planner.solvers.city.polishing import polish
from tests.planner.city.cases import cities, nobody


@settings(deadline=None, max_examples=40)
@given(cities())
def test_it_is_legal_and_no_dearer(city: CityProblem) -> None:
    plan = repair(city, nobody(city), 0, chains=False, charge=0).assignment
    polished = judge(city, polish(city, plan, lambda: False))
    assert polished.legal
    assert polished.cost <= judge(city, plan).cost + 1e-6


def test_it_fills_what_nobody_alone_can() -> None:
    city = generate(1000, 2)
    plan = repair(city, nobody(city), 0, chains=False, charge=0).assignment
    polished = judge(city, polish(city, plan, lambda: False))
    assert polished.short_of_required < judge(city, plan).short_of_required


def test_it_ends_when_it_is_over() -> None:
    city = generate(300, 2)
    plan = nobody(city)
    assert (polish(city, plan, lambda: True) == plan).all()
    looks = count()  # one a slot while it looks ahead, one before the first posts are filled
    some = polish(city, plan, lambda: next(looks) > city.slots)
    assert np.count_nonzero(some != plan) > 0
    assert judge(city, some).legal


def test_a_plan_that_is_too_large_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    city = generate(300, 2)
    plan = nobody(city)
    monkeypatch.setattr(polishing, "LARGEST", plan.size - 1)
    assert polish(city, plan, lambda: False) is plan
