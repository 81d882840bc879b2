"""On a Ray cluster people answer as they do here."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from muster.planner.city.checker import judge
from muster.planner.city.errors import NoCluster
from muster.planner.city.problem import CityProblem
from muster.planner.solvers.city import cluster
from muster.planner.solvers.city.cluster import Cluster, Districts, shares
from muster.planner.solvers.city.portfolio import run
from muster.planner.solvers.city.prices import Ascent
from muster.planner.solvers.city.pricing import Threads, bound_of
from muster.planner.solvers.city.reach import city_of
from tests.planner.solvers.city.small import random_prices, small


def districts(people: int) -> CityProblem:
    """A small city in three districts."""
    problem, _ = small(people, seed=5)
    of = (np.arange(problem.compounds) % 3).astype(np.int16)
    return replace(problem, compound_district=of)


@pytest.fixture(scope="module")
def two() -> Iterator[Cluster]:
    """A cluster on this machine, for a small city."""
    ray = pytest.importorskip("ray")
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    made = Cluster(districts(300))
    yield made
    made.close()
    ray.shutdown()


def test_a_share_is_of_whole_districts_about_equal() -> None:
    problem = districts(2000)
    district = problem.compound_district[problem.person_home]
    share = shares(problem, 2)
    assert set(share) == {0, 1}
    assert all(len(set(share[district == each])) == 1 for each in np.unique(district))
    biggest = np.bincount(district).max()
    assert abs(np.bincount(share)[0] - np.bincount(share)[1]) <= biggest


def test_a_district_alone_answers_as_within_the_city() -> None:
    problem, city = small(300, seed=5)
    price = random_prices(problem, 1)
    half = city.crowd.people[:150]
    there, here = Districts(problem, half), Threads(city)
    assert (there.cells(price, half) == here.cells(price, half)).all()
    assert 0 < there.worth(price) < here.worth(price)


def test_the_bound_is_the_same(two: Cluster) -> None:
    problem, city = small(300, seed=5)
    price = random_prices(problem, 1)
    assert bound_of(city, price, two) == bound_of(city, price)
    people = city.crowd.people
    far, near = two.cells(price, people), Threads(city).cells(price, people)
    assert sorted(map(tuple, far.tolist())) == sorted(map(tuple, near.tolist()))


def test_a_plan_from_the_cluster_is_legal_and_above_its_bound(two: Cluster) -> None:
    problem = districts(300)
    found = run(problem, 4.0, cluster=True)
    judged = judge(problem, found.assignment)
    assert judged.legal
    assert found.bound <= judged.cost


def test_prices_rise_by_the_answers_of_the_cluster(two: Cluster) -> None:
    problem = districts(300)
    far, near = (Ascent(problem, city_of(problem), each) for each in (two, None))
    for k in range(60):
        far.step(k / 60)
        near.step(k / 60)
    assert (far.whole() == near.whole()).all()
    assert (far.whole() != Ascent(problem, city_of(problem)).whole()).any()


def test_without_ray_the_mend_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(cluster, "import_module", missing)
    with pytest.raises(NoCluster, match=r"muster\[cluster\]"):
        Cluster(small(60)[0])
