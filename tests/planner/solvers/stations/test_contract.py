"""The best personal schedule against all schedules there are; by it
muster.planner.solvers.stations.kernel, muster.planner.solvers.stations.listing and
muster.planner.solvers.stations.wishes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.planner.solvers.stations import contract
from muster.planner.solvers.stations.contract import Pricer
from muster.planner.solvers.stations.kernel import NEVER
from muster.planner.solvers.stations.wishes import Wishes
from muster.planner.stations.problem import StationProblem
from tests.planner.stations.crews import crew, crews, schedules


def worth(cell: np.ndarray, text: str) -> int:
    return sum(int(cell[day, "EL".index(s)]) for day, s in enumerate(text) if s != "-")


def told(schedule: np.ndarray) -> str:
    return "".join("EL-"[s] for s in schedule)


@settings(max_examples=25, deadline=None)
@given(problem=crews(days=7, most=1), seed=st.integers(0, 1000), spare=st.integers(0, 20))
def test_best_and_listed_are_what_trying_all_gives(
    problem: StationProblem, seed: int, spare: int
) -> None:
    every = list(schedules(problem, problem.members[0]))
    prices = np.random.default_rng(seed).integers(-20, 15, (problem.days, 2))
    cell = Wishes.of(problem).cells(0, prices)
    costs = {text: worth(cell, text) for text in every}
    pricer = Pricer(problem)
    cost, schedule = pricer.best(0, cell)
    if not every:
        assert (cost, schedule) == (NEVER, None)
        return
    least = min(costs.values())
    assert schedule is not None
    assert (cost, costs[told(schedule)]) == (least, least)
    listed = pricer.listed(0, cell, least + spare, 20_000)
    assert listed is not None
    found = [told(each) for each in listed]
    assert sorted(found) == sorted(t for t, c in costs.items() if c <= least + spare)
    assert Pricer(problem, strict=False).best(0, cell)[0] <= least


@settings(max_examples=25, deadline=None)
@given(problem=crews(days=7, most=1), day=st.integers(0, 6))
def test_a_day_that_must_be_worked(problem: StationProblem, day: int) -> None:
    every = [t for t in schedules(problem, problem.members[0]) if t[day] != "-"]
    cell = Wishes.of(problem).cells(0, np.ones((problem.days, 2), np.int64))
    off = np.zeros(problem.days, np.int32)
    off[day] = NEVER
    cost, _ = Pricer(problem).best(0, cell, off)
    assert cost == min((worth(cell, text) for text in every), default=NEVER)


def test_no_room_for_all_that_are_listed() -> None:
    problem = crew(days=7)
    cell = Wishes.of(problem).cells(0, np.zeros((7, 2), np.int64))
    assert Pricer(problem).listed(0, cell, 0, 10) is None


@settings(max_examples=25, deadline=None)
@given(problem=crews(days=7, most=1))
def test_limits_too_many_to_count_are_still_kept(problem: StationProblem) -> None:
    cell = Wishes.of(problem).cells(0, np.full((problem.days, 2), -10, np.int64))
    exact, _ = Pricer(problem).best(0, cell)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(contract, "LARGEST", 0)
        pricer = Pricer(problem)
        cost, schedule = pricer.best(0, cell)
    assert cost <= exact
    if schedule is not None:
        assert told(schedule) in set(schedules(problem, problem.members[0]))
