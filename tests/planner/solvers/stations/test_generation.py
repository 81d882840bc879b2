"""The relaxation bounds every roster; what search finds is legal and costs what it says. By it
muster.planner.solvers.stations.master, muster.planner.solvers.stations.ascent,
muster.planner.solvers.stations.closing, muster.planner.solvers.stations.dive,
muster.planner.solvers.stations.freeing, muster.planner.solvers.stations.opening and
muster.planner.solvers.stations.portfolio."""

import time

import numpy as np
import pytest
from hypothesis import given, settings

from muster.planner.solvers.stations import closing, opening, portfolio
from muster.planner.solvers.stations.ascent import anneal, ascend
from muster.planner.solvers.stations.board import Board
from muster.planner.solvers.stations.contract import Pricer
from muster.planner.solvers.stations.dive import dive
from muster.planner.solvers.stations.freeing import Freeing
from muster.planner.solvers.stations.generation import Generation
from muster.planner.solvers.stations.master import Master
from muster.planner.solvers.stations.wishes import Wishes, roster_of
from muster.planner.stations.checker import check
from muster.planner.stations.problem import StationProblem
from muster.planner.stations.reading import read_instance
from tests.planner.stations.crews import cheapest, crews, instance


def board_of(problem: StationProblem) -> Board:
    return Board(Wishes.of(problem), time.monotonic() + 60, lambda *_: None)


def master_of(board: Board) -> Master:
    return Master(board, range(len(board.wishes.base)), np.zeros_like(board.wishes.required))


@settings(max_examples=25, deadline=None)
@given(problem=crews(days=6))
def test_no_bound_is_above_the_best_roster(problem: StationProblem) -> None:
    least = cheapest(problem)
    if least is None:
        return
    board, pricer = board_of(problem), Pricer(problem)
    opening.first(board, pricer)
    master = master_of(board)
    assert board.best is not None
    master.add(enumerate(board.best))
    ascend(board, Generation(pricer, master), 5)
    assert board.bound <= least <= board.cost
    assert Generation(pricer, master).run(root=True) or board.over
    assert board.bound <= least
    closing.close(board, pricer, 20)
    assert board.bound <= least <= board.cost


@pytest.fixture(scope="module")
def solved() -> tuple[StationProblem, Board, Pricer, Master]:
    """A public instance whose relaxation is solved."""
    problem = read_instance(instance(5))
    board, pricer = board_of(problem), Pricer(problem)
    opening.first(board, pricer)
    master = master_of(board)
    assert board.best is not None
    master.add(enumerate(board.best))
    assert Generation(pricer, master).run(root=True)
    return problem, board, pricer, master


def test_every_way_to_a_roster_gives_a_legal_one(
    solved: tuple[StationProblem, Board, Pricer, Master],
) -> None:
    problem, board, pricer, master = solved
    chance, best = np.random.default_rng(1), board.best
    assert best is not None
    rosters = [
        opening.settle(board, pricer, best.copy(), chance, 5.0),
        anneal(board, pricer, best.copy(), chance, 5),
        dive(pricer, master, board.cost, chance),
        master.integer(1.0, None),
    ]
    for schedules in rosters:
        assert schedules is not None
        verdict = check(problem, roster_of(problem, schedules))
        assert verdict.breaches == ()
        assert verdict.cost == board.wishes.cost(schedules) >= board.bound
    freeing = Freeing(board, pricer, chance)
    for _ in range(5):
        freeing.improve()
    assert board.best is not None
    assert not check(problem, roster_of(problem, board.best)).breaches


def test_the_bound_is_reached_from_nothing(
    solved: tuple[StationProblem, Board, Pricer, Master],
) -> None:
    _, board, _, _ = solved
    assert board.bound == 1141


def test_a_fault_in_a_thread_comes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ArithmeticError

    problem = read_instance(instance(4))
    monkeypatch.setattr(portfolio, "ascend", broken)
    with pytest.raises(ArithmeticError):
        portfolio.search(problem, board_of(problem), threads=2)


def test_a_dive_that_cannot_pay_is_given_up(
    solved: tuple[StationProblem, Board, Pricer, Master],
) -> None:
    _, _, pricer, master = solved
    assert dive(pricer, master, 1142, np.random.default_rng(0)) is None
