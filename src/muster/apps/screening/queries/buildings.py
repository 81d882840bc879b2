"""Who is to be tested, building by building: what a round is planned from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import connection

from muster.apps.communities.queries.places import places as places_by_id
from muster.apps.zones.queries import in_force
from muster.kernel import clock
from muster.policies import Policy
from muster.rounds.area import Building
from muster.rounds.positions import metres

if TYPE_CHECKING:
    from muster.apps.communities.models import Place

OWN = {"unit", "building", "estate"}
"""Kinds of place whose coordinates are a building's own, or near enough."""


@dataclass(frozen=True, slots=True)
class Lived:
    """An inhabited door: who lives there, and how many of them are sampled at home."""

    label: str
    path: tuple[int, ...]
    people: int
    at_home: int


@dataclass(frozen=True, slots=True)
class Inhabited:
    """A building of the plan; in order the labels of its doors where somebody comes down, and of
    those where somebody is sampled at home."""

    building: Building
    doors: tuple[str, ...]
    at_home: tuple[str, ...]


def inhabited(area: int, places: Sequence[int], policy: Policy) -> list[Inhabited]:
    """The buildings below `places` with people, in street order; without a building, the estate.

    At home are sampled: whoever has the policy's age, was visited at home in a round before, or
    waits for a single re-test. A building is sealed where its level wants household tubes.
    """
    doors: dict[int, list[Lived]] = defaultdict(list)
    lived = list(_doors(area, places, _born(policy)))
    known = {p.id: p for p in places_by_id(sorted({x for door in lived for x in door.path[:-1]}))}
    for door in lived:
        above = [known[x] for x in door.path[:-1] if x in known]
        house = next((p for p in above if p.kind == "building"), above[-1])
        doors[house.id].append(door)
    force = in_force(clock.now())
    points = metres([_point(doors[node][0].path, known) for node in doors])
    found = []
    for (node, mine), point in zip(doors.items(), points, strict=True):
        level = force.level(known[node].path).level
        coming = tuple(door.label for door in mine if door.people > door.at_home)
        x, y = point or (None, None)
        building = Building(
            key=str(node),
            name=_name(known[node].path, known),
            residents=sum(door.people for door in mine),
            households=max(1, len(coming)),
            x=x,
            y=y,
            sealed=level is not None and policy.level(level).household_tube,
            at_home=sum(door.at_home for door in mine),
        )
        found.append(
            Inhabited(building, coming, tuple(door.label for door in mine if door.at_home))
        )
    return found


def _born(policy: Policy) -> date:
    today = clock.to_local(clock.now()).date()
    return date(today.year - policy.screening.home.age_from, today.month, min(today.day, 28))


def _point(path: Sequence[int], known: Mapping[int, Place]) -> tuple[float, float] | None:
    """The nearest coordinates from the building up to the estate."""
    for node in reversed([known[x] for x in path if x in known]):
        if node.kind not in OWN:
            continue
        if node.longitude is not None and node.latitude is not None:
            return node.longitude, node.latitude
    return None


def _name(path: Sequence[int], known: Mapping[int, Place]) -> str:
    """The estate and the building: a building's number alone says too little."""
    named = [known[x] for x in path if x in known]
    return " ".join(p.name for p in named if p.kind in {"estate", "building"})


def _doors(area: int, places: Sequence[int], born: date) -> Iterator[Lived]:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT p.label, p.path, count(*), count(*) FILTER (WHERE
                      n.birth_date <= %(born)s
                      OR EXISTS (SELECT 1 FROM screening_absence a
                                 WHERE a.person_id = n.id AND a.outcome = 'home_visit')
                      OR EXISTS (SELECT 1 FROM screening_recall c
                                 WHERE c.person_id = n.id AND c.state = 'waiting'))
               FROM communities_residence r JOIN communities_place p ON p.id = r.place_id
               JOIN people_person n ON n.id = r.person_id
               WHERE r.area = %(area)s AND r.until IS NULL AND p.path && %(places)s::bigint[]
               GROUP BY p.id ORDER BY p.path""",
            {"area": area, "places": list(places), "born": born},
        )
        for label, path, people, at_home in cursor.fetchall():
            yield Lived(label, tuple(path), people, at_home)
