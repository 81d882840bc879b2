"""Addresses as people write them, to doors of the tree; who lives behind them."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from muster.apps.communities.models import Place


def door_label(building: str | None, unit: str | None, room: str | None) -> str:
    """The short address of a door: ``3-2-501``; parts that are not there are left out."""
    return "-".join(part for part in (building, unit, room) if part)


@dataclass(frozen=True, slots=True)
class Doors:
    """Every door, stair and building of a community by its short address, in each estate."""

    by_label: Mapping[str, tuple[int, ...]]
    estates: Mapping[str, int]
    paths: Mapping[int, tuple[int, ...]]

    def find(
        self,
        building: str | None,
        unit: str | None,
        room: str | None,
        *,
        estate: int | None = None,
    ) -> tuple[int, ...]:
        """The places that this address can mean: none, one, or several estates' doors."""
        found = self.by_label.get(door_label(building, unit, room), ())
        if estate is None:
            return found
        return tuple(place for place in found if estate in self.paths[place])

    def estate_named(self, text: str) -> int | None:
        """The estate of a name or alias that stands in `text`, if exactly one does."""
        hits = {id_ for name, id_ in self.estates.items() if name and name in text}
        return hits.pop() if len(hits) == 1 else None


def doors_of(area: int) -> Doors:
    """Load the doors of one community (some thousands)."""
    rows = Place.objects.filter(area=area).values_list(
        "id", "kind", "name", "aliases", "label", "path"
    )
    by_label: dict[str, list[int]] = {}
    estates: dict[str, int] = {}
    paths: dict[int, tuple[int, ...]] = {}
    for id_, kind, name, aliases, label, path in rows:
        paths[id_] = tuple(path)
        if kind == Place.Kind.ESTATE:
            estates |= dict.fromkeys([name, *aliases], id_)
        elif label:
            by_label.setdefault(label, []).append(id_)
    return Doors({k: tuple(v) for k, v in by_label.items()}, estates, paths)


def person_at_door(
    area: int, name: str, house: Mapping[str, str | None]
) -> tuple[UUID | None, str]:
    """The one person of that name behind that address, with the first phone; (None, "") if there
    is none or more than one."""
    label = door_label(house.get("building"), house.get("unit"), house.get("room"))
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT p.id, coalesce(f.number, '') FROM communities_place d
               JOIN communities_residence r ON r.place_id = d.id AND r.until IS NULL
               JOIN people_person p ON p.id = r.person_id AND p.merged_into_id IS NULL
               LEFT JOIN people_phone f ON f.person_id = p.id AND f.rank = 0
               WHERE d.area = %s AND d.label = %s AND p.name = %s LIMIT 2""",
            [area, label, "".join(name.split())],
        )
        found = cursor.fetchall()
    return (found[0][0], found[0][1]) if len(found) == 1 else (None, "")


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody who lives in a community now: what the lane's slice and the door list show."""

    person: UUID
    name: str
    initials: str
    pinyin: str
    label: str
    place: int
    phone_tail: str
    id_tail: str


def residents_of(area: int, *, within: int | None = None) -> list[Resident]:
    """The roll of a community, or of one place in it, in street order."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT p.id, p.name, p.initials, p.pinyin, d.label, d.id,
                      coalesce(f.tail, ''), p.id_tail
               FROM communities_residence r
               JOIN communities_place d ON d.id = r.place_id
               JOIN people_person p ON p.id = r.person_id AND p.merged_into_id IS NULL
               LEFT JOIN people_phone f ON f.person_id = p.id AND f.rank = 0
               WHERE r.area = %(area)s AND r.until IS NULL
                 AND (%(within)s::bigint IS NULL OR d.path @> ARRAY[%(within)s::bigint])
               ORDER BY d.path, p.id""",
            {"area": area, "within": within},
        )
        return [Resident(*row) for row in cursor.fetchall()]
