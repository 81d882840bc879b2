"""muster.planner.city.solving, muster.planner.city.incumbent: no broken plan leaves."""

import sys
import threading
from collections.abc import Callable
from types import ModuleType

import pytest

from muster.planner.city import solving
from muster.planner.city.incumbent import Found, Incumbent, gap
from muster.planner.city.problem import CityProblem, Lines
from muster.planner.city.solving import solve
from muster.planner.errors import PlanBroken
from tests.planner.city.cases import nobody, tiny


def stand_in(monkeypatch: pytest.MonkeyPatch, plan: Lines) -> list[threading.Event | None]:
    """A solver that finds `plan` at once; the stop events that it was given."""
    module, given = ModuleType("stand_in"), []

    def run(
        problem: CityProblem, seconds: float, threads: int,
        report: Callable[[Incumbent], None], stop: threading.Event | None, *,
        cluster: bool, most: object, bounding: object,
    ) -> Found:  # fmt: skip
        assert not cluster
        report(Incumbent(100.0, 60.0, 0.1))
        given.append(stop)
        return Found(plan, 50.0)

    module.run = run  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "stand_in", module)
    monkeypatch.setattr(solving, "SOLVER", "stand_in")
    return given


def test_a_legal_plan_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    city, stop = tiny(), threading.Event()
    given = stand_in(monkeypatch, nobody(city))
    told: list[Incumbent] = []
    solved = solve(city, 1, 2, told.append, stop)
    assert given == [stop]
    assert told == [Incumbent(100.0, 60.0, 0.1)]
    assert told[0].gap == pytest.approx(0.4)
    assert solved.gap == pytest.approx(1 - 50 / solved.cost)
    assert solved.to_json()["bound"] == 50


def test_a_broken_plan_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    city = tiny()
    plan = nobody(city)
    plan[0] = 0
    stand_in(monkeypatch, plan)
    with pytest.raises(PlanBroken):
        solve(city, 1)


def test_a_plan_that_costs_nothing_has_no_gap() -> None:
    assert gap(0, 0) == 0
