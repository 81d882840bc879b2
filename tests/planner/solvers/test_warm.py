"""What set-up compiles is what the solvers run."""

from collections.abc import Callable
from unittest.mock import Mock

import pytest

from muster.planner.city.problem import CityProblem
from muster.planner.city.solving import Solved, solve
from muster.planner.solvers import warm as module
from muster.planner.solvers.stations import listing
from muster.planner.solvers.warm import warm


def test_warming_solves_both_kinds() -> None:
    city, station = warm()
    assert city > 0
    assert station >= 0


def test_the_exact_finish_of_a_station_is_compiled_too(monkeypatch: pytest.MonkeyPatch) -> None:
    kernel = Mock(wraps=listing.listing)
    monkeypatch.setattr(listing, "listing", kernel)
    warm()
    assert kernel.called


def slow(times: int, asked: list[float]) -> Callable[..., Solved]:
    """A search that spends its time on compiling, so many times."""

    def search(problem: CityProblem, seconds: float) -> Solved:
        asked.append(seconds)
        return solve(problem, 0.0 if len(asked) <= times else seconds)

    return search


@pytest.mark.parametrize(("times", "searches"), [(0, 1), (2, 3), (9, module.TRIES)])
def test_a_city_is_searched_until_the_prices_are_compiled_too(
    times: int, searches: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    warm()  # what follows spends no time on compiling
    asked: list[float] = []
    monkeypatch.setattr(module, "solve_city", slow(times, asked))
    warm()
    assert len(asked) == searches
