"""Buildings, places where a site could stand, and how many sites there are to be."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from muster.planner.sites.errors import BadSites

type Numbers = np.ndarray[Any, np.dtype[np.float64]]
type Indices = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class SiteProblem:
    """Choose `sites` of the candidates so that people walk least.

    `distance[candidate, building]` in any unit, `people[building]`; `capacity` is the most people
    one site may serve, ``None`` for no limit. A building goes to one site as a whole.

    Raises `BadSites` when that cannot be.
    """

    distance: Numbers
    people: Numbers
    sites: int
    capacity: float | None = None

    def __post_init__(self) -> None:
        candidates, buildings = self.distance.shape
        checks = (
            (buildings < 1 or candidates < 1, "there is no building or no place for a site"),
            (len(self.people) != buildings, "people and distances are of different buildings"),
            (not 1 <= self.sites <= candidates, f"{self.sites} sites do not go into {candidates}"),
            (not np.isfinite(self.distance).all(), "a building cannot be reached at all"),
            (bool((self.distance < 0).any() or (self.people < 0).any()), "a figure is negative"),
        )
        for wrong, reason in checks:
            if wrong:
                raise BadSites(reason=reason)
        self._check_room()

    def _check_room(self) -> None:
        if self.capacity is None:
            return
        if self.people.max() > self.capacity:
            reason = (
                f"a building of {self.people.max():,.0f} people is more than a site may serve "
                f"({self.capacity:,.0f}); split it into its stairs"
            )
            raise BadSites(reason=reason)
        if self.people.sum() > self.capacity * self.sites:
            need = int(np.ceil(self.people.sum() / self.capacity))
            raise BadSites(reason=f"{self.sites} sites are too few, at least {need} are needed")

    @property
    def buildings(self) -> int:
        return int(self.distance.shape[1])

    @property
    def candidates(self) -> int:
        return int(self.distance.shape[0])

    @property
    def cost(self) -> Numbers:
        """Distance times people."""
        weighted: Numbers = self.distance * self.people
        return weighted


def by_position(
    positions: Numbers, people: Numbers, sites: int, capacity: float | None = None,
    where: Indices | None = None,
) -> SiteProblem:  # fmt: skip
    """Buildings at `positions` (buildings, 2) in metres as the crow flies; sites may stand at the
    buildings `where` (all)."""
    at = positions if where is None else positions[where]
    offset = at[:, None, :] - positions[None, :, :]
    return SiteProblem(np.hypot(offset[..., 0], offset[..., 1]), people, sites, capacity)
