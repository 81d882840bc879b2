"""The threads of a search: they end together, and none fails unheard."""

import time

import pytest

from muster.planner.solvers.stations import portfolio
from muster.planner.solvers.stations.board import Board
from muster.planner.solvers.stations.wishes import Wishes
from muster.planner.stations.problem import StationProblem
from muster.planner.stations.reading import read_instance
from tests.planner.stations.crews import instance


def board_of(problem: StationProblem, seconds: float) -> Board:
    return Board(Wishes.of(problem), time.monotonic() + seconds, lambda *_: None)


@pytest.mark.parametrize("threads", [1, 2])
def test_a_search_ends_with_the_proven_best(threads: int) -> None:
    problem = read_instance(instance(1))
    board = board_of(problem, 120.0)
    portfolio.search(problem, board, threads)
    assert board.cost == board.bound == 607


def test_what_a_thread_raises_is_raised_again(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = read_instance(instance(1))
    board = board_of(problem, 120.0)

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(portfolio, "_work", fail)
    with pytest.raises(ZeroDivisionError):
        portfolio.search(problem, board, 2)
    assert board.stop.is_set()
