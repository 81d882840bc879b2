"""Where the sites of one community stand, and which building goes to which.

Sites stand at buildings, as near to people as can be, none with more people than the policy's norm.
Where the norm cannot be kept (sites were ordered, or buildings do not divide well) a site is added,
or each may serve more; the plan says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import ceil

import numpy as np

from muster.planner.sites.errors import BadSites
from muster.planner.sites.problem import Numbers, SiteProblem, by_position
from muster.planner.sites.solving import Sited, solve
from muster.policies import Policy
from muster.rounds.area import Building
from muster.rounds.calling import Sent
from muster.rounds.plan import Note

SHAKES = 60
"""Of the search for sites: a fixed number, so that the same area gives the same plan."""
SECONDS = 5.0
STEP = 0.1
"""By how much more each site serves when there is no room otherwise."""
APART = 60.0
"""Metres between two buildings of a list without coordinates."""


@dataclass(slots=True)
class Placed:
    """The sites of one community: the building each stands at, and who is sent there."""

    buildings: list[Building]
    sent: list[list[Sent]]
    notes: list[Note] = field(default_factory=list)
    known: bool = True


def place(
    community: str, buildings: Sequence[Building], policy: Policy, ordered: int | None
) -> Placed:
    """Place the sites of `community`; `ordered`: how many were ordered."""
    people = np.array([float(building.coming) for building in buildings])
    positions, known = _positions(buildings)
    where = np.flatnonzero([building.site_possible for building in buildings]).astype(np.int64)
    if not len(where):
        where = np.arange(len(buildings), dtype=np.int64)
    norm = policy.screening.site.people_max
    wanted = min(ordered or ceil(people.sum() / norm), len(where))
    problem = by_position(positions, people, wanted, _room(people, wanted, norm), where)
    problem, found = _solved(problem, fixed=ordered is not None)
    ways = problem.distance if known else np.zeros_like(problem.distance)
    minutes = ways / policy.screening.conduct.walk_metres_per_minute
    placed = Placed([], [], known=known)
    for site in found.opened.tolist():
        theirs = np.flatnonzero(found.goes_to == site).tolist()
        placed.buildings.append(buildings[int(where[site])])
        placed.sent.append(
            [Sent(buildings[n], float(minutes[site, n])) for n in theirs if buildings[n].coming]
        )
    placed.notes = _notes(community, placed, wanted, norm)
    return placed


def _room(people: Numbers, sites: int, norm: int) -> float:
    """The most people a site may serve: the norm, or what it must be for everybody to have room."""
    room = max(float(norm), float(people.max()))
    return room if people.sum() <= room * sites else ceil(people.sum() / sites * (1 + STEP))


def _solved(problem: SiteProblem, *, fixed: bool) -> tuple[SiteProblem, Sited]:
    """The siting, with one site more or more room at each while there is no room."""
    while True:
        try:
            return problem, solve(problem, SECONDS, 0, SHAKES)
        except BadSites:
            if not fixed and problem.sites < problem.candidates:
                problem = replace(problem, sites=problem.sites + 1)
            else:
                problem = replace(problem, capacity=(problem.capacity or 0.0) * (1 + STEP))


def _notes(community: str, placed: Placed, wanted: int, norm: int) -> list[Note]:
    most = max(sum(s.building.coming for s in mine) for mine in placed.sent)
    sites = len(placed.buildings)
    notes = [
        ("no_coordinates", not placed.known, {}),
        ("site_added", sites > wanted, {"sites": sites}),
        ("site_crowded", most > norm, {"people": most}),
    ]
    return [Note(code, {"community": community, **more}) for code, holds, more in notes if holds]


def _positions(buildings: Sequence[Building]) -> tuple[Numbers, bool]:
    """Where buildings are; without coordinates of all, in a row in the order of the list."""
    if all(building.x is not None and building.y is not None for building in buildings):
        return np.array([[building.x, building.y] for building in buildings], dtype=float), True
    return np.array([[APART * n, 0.0] for n in range(len(buildings))]), False
