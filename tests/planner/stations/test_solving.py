"""The whole search; by it muster.planner.solvers.stations.portfolio and
muster.planner.solvers.stations.board."""

import threading

import pytest
from hypothesis import given, settings

from muster.planner.stations import solving
from muster.planner.stations.checker import Breach, Verdict, check
from muster.planner.stations.errors import NoSchedule, RosterBroken
from muster.planner.stations.problem import StationProblem
from muster.planner.stations.reading import read_instance
from muster.planner.stations.solving import Incumbent, Search, solve
from tests.planner.stations.crews import cheapest, crew, crews, instance

ENOUGH = 60.0
"""Seconds that no search here needs: each ends when its roster is proven best."""


@settings(max_examples=25, deadline=None)
@given(problem=crews(days=6))
def test_the_best_roster_of_all_and_a_bound_that_holds(problem: StationProblem) -> None:
    least = cheapest(problem)
    if least is None:
        with pytest.raises(NoSchedule):
            solve(problem, ENOUGH)
        return
    solution = solve(problem, ENOUGH, threads=1)
    assert check(problem, solution.roster) == solution.verdict
    assert not solution.verdict.breaches
    assert solution.bound <= least
    assert solution.cost == least


@pytest.mark.parametrize(("number", "cost"), [(1, 607), (2, 828), (3, 1001)])
def test_public_instances_to_the_proven_optimum(number: int, cost: int) -> None:
    solution = solve(read_instance(instance(number)), ENOUGH)
    assert (solution.cost, solution.bound, solution.gap) == (cost, cost, 0)


def test_stopped_with_the_best_so_far() -> None:
    problem = read_instance(instance(9))
    search = Search(problem, 3600)
    timer = threading.Event()

    def stop(now: Incumbent) -> None:
        if now.cost and not timer.is_set():
            timer.set()
            search.stop()

    solution = search.run(stop)
    assert not solution.verdict.breaches
    costs = [each.cost for each in solution.incumbents]
    assert costs == sorted(costs, reverse=True)


def test_somebody_without_any_schedule() -> None:
    with pytest.raises(NoSchedule, match="A"):
        solve(crew(min_minutes=90_000))


def test_a_solver_that_breaks_a_rule_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Verdict((Breach("min_off", "A", 1),), ())
    monkeypatch.setattr(solving, "check", lambda *_: broken)
    with pytest.raises(RosterBroken, match="min_off"):
        solve(crew(), ENOUGH)
