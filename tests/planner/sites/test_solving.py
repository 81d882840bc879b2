"""The siting is the best there is on tiny ones, and near it on the OR-Library's."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.planner.sites.checker import judge
from muster.planner.sites.errors import BadSites
from muster.planner.sites.problem import SiteProblem
from muster.planner.sites.reading import read_instance
from muster.planner.sites.solving import solve
from tests.planner.sites.problems import brute, estate


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000), buildings=st.integers(2, 8), sites=st.integers(1, 3))
def test_tiny_sitings_are_best(seed: int, buildings: int, sites: int) -> None:
    problem = estate(seed, buildings, min(sites, buildings))
    found = solve(problem, shakes=10)
    judged = judge(problem, found.opened, found.goes_to)
    assert not judged.broken
    assert found.cost == pytest.approx(judged.cost) == pytest.approx(brute(problem))
    assert found.bound <= found.cost + 1e-6


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), room=st.sampled_from([1.1, 1.3, 2.0]))
def test_tiny_sitings_with_capacity_are_best(seed: int, room: float) -> None:
    loose = estate(seed, 7, 2)
    capacity = max(float(loose.people.max()), float(loose.people.sum()) / 2 * room)
    problem = SiteProblem(loose.distance, loose.people, 2, capacity)
    best = brute(problem)
    if not np.isfinite(best):
        with pytest.raises(BadSites, match="one site more"):
            solve(problem, shakes=10)
        return
    found = solve(problem, shakes=10)
    judged = judge(problem, found.opened, found.goes_to)
    assert not judged.broken
    assert found.cost == pytest.approx(judged.cost) == pytest.approx(best)


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 6, 8, 10])
def test_the_librarys_graphs(number: int, shared: Path) -> None:
    folder = shared / "bench" / "pmedian"
    if not (folder / f"pmed{number}.txt").exists():
        pytest.skip("the p-median graphs do not lie beside the checkout")
    with (folder / "best_known.csv").open(encoding="utf-8") as file:
        best = {row["instance"]: float(row["optimal"]) for row in csv.DictReader(file)}
    problem = read_instance((folder / f"pmed{number}.txt").read_text("utf-8"))
    found = solve(problem, seconds=20, shakes=60)
    assert best[f"pmed{number}"] <= found.cost <= best[f"pmed{number}"] * 1.005
    assert found.bound <= best[f"pmed{number}"] + 1e-6
    assert judge(problem, found.opened, found.goes_to).cost == found.cost


def test_a_larger_estate_keeps_its_capacity() -> None:
    problem = estate(5, 60, 5, capacity=3_000)
    found = solve(problem, seconds=20, shakes=40)
    judged = judge(problem, found.opened, found.goes_to)
    assert not judged.broken
    assert max(judged.loads) <= 3_000
    assert 0 <= found.gap < 0.10


def test_the_same_shakes_give_the_same_sites() -> None:
    problem = estate(6, 90, 4, capacity=6_000)
    first, second = (solve(problem, seconds=60, seed=3, shakes=15) for _ in range(2))
    assert first.opened.tolist() == second.opened.tolist()
    assert first.cost == second.cost


def test_as_many_sites_as_buildings_walk_nowhere() -> None:
    assert solve(estate(1, 5, 5), shakes=3).cost == 0
