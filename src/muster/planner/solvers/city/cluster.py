"""The people's best weeks asked on the machines of a Ray cluster.

The people of a district are asked by one actor. Only prices go out and chosen posts come back; who
may serve where knows no district, so that the plan is the one that a single machine would find.
"""

from importlib import import_module
from typing import Any

import numpy as np

from muster.planner.city.errors import NoCluster
from muster.planner.city.problem import CityProblem
from muster.planner.solvers.city.pricing import Threads
from muster.planner.solvers.city.reach import city_of
from muster.planner.solvers.city.tables import CLOSED, Ints, Small


class Districts:
    """The people of some districts, wherever this runs; `mine` (n,) with homes side by side."""

    def __init__(self, problem: CityProblem, mine: Small, most: Small | None = None) -> None:
        self._threads, self._mine = Threads(city_of(problem, most)), mine

    def cells(self, price: Ints, people: Small) -> Small:
        """What `people` choose, see `Asking`."""
        return self._threads.cells(price, people)

    def worth(self, price: Ints) -> int:
        """What the best weeks of all of them are worth together, whole units."""
        return self._threads.worth(price, self._mine)


def shares(problem: CityProblem, parts: int) -> Small:
    """(P,) which of `parts` asks each person: whole districts, about as many people each."""
    district = problem.compound_district[problem.person_home]
    people = np.bincount(district)
    held = np.zeros(parts, np.int64)
    part = np.zeros(len(people), np.int32)
    for each in np.argsort(-people, kind="stable"):
        part[each] = np.argmin(held)
        held[part[each]] += people[each]
    share: Small = part[district]
    return share


class Cluster:
    """Asks through Ray: the cluster of RAY_ADDRESS, or one on this machine.

    Args:
        most: (P,) shifts of each person at most, where fewer than the problem allows.

    Raises:
        NoCluster: Ray is not installed, or the cluster does not answer.
    """

    def __init__(self, problem: CityProblem, most: Small | None = None) -> None:
        try:
            self._ray: Any = import_module("ray")
        except ImportError as missing:
            raise NoCluster(reason="pip install 'muster[cluster]'") from missing
        try:
            self._begun = not self._ray.is_initialized()
            if self._begun:
                self._ray.init(include_dashboard=False, log_to_driver=False, logging_level="error")
        except (ConnectionError, RuntimeError) as failed:
            raise NoCluster(reason=str(failed)) from failed
        districts = len(np.unique(problem.compound_district[problem.person_home]))
        parts = max(1, min(districts, int(self._ray.cluster_resources().get("CPU", 1))))
        self._share = shares(problem, parts)
        people = np.argsort(problem.person_home, kind="stable").astype(np.int32)
        actor, shared = self._ray.remote(Districts), self._ray.put(problem)
        self._actors = [
            actor.remote(shared, people[self._share[people] == part], most) for part in range(parts)
        ]
        # The first answer of each actor waits for its kernels.
        self.worth(np.full(problem.required.shape, CLOSED, np.int64))

    def cells(self, price: Ints, people: Small) -> Small:
        share, shared = self._share[people], self._ray.put(price)
        asked = [
            actor.cells.remote(shared, people[share == part])
            for part, actor in enumerate(self._actors)
        ]
        chosen: Small = np.concatenate(self._ray.get(asked))
        return chosen

    def worth(self, price: Ints) -> int:
        shared = self._ray.put(price)
        return sum(self._ray.get([actor.worth.remote(shared) for actor in self._actors]))

    def close(self) -> None:
        """Send the actors home."""
        for actor in self._actors:
            self._ray.kill(actor)
        if self._begun:
            self._ray.shutdown()
