"""Where people live, for lists of people; people behind an address."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from muster.apps.communities.models import Residence


@dataclass(frozen=True, slots=True)
class Home:
    """Where somebody lives now. `path`: ids from the root; `estate`: its name, '' if none."""

    place: int
    label: str
    estate: str
    path: tuple[int, ...]
    kind: str
    head: bool
    since: datetime


def homes_now(persons: Sequence[UUID]) -> dict[UUID, Home]:
    """Where these people live; who has no residence is left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT r.person_id, d.id, d.label, coalesce(e.name, ''), d.path, r.kind, r.head,
                      r.since
               FROM communities_residence r JOIN communities_place d ON d.id = r.place_id
               LEFT JOIN communities_place e ON e.id = ANY(d.path) AND e.kind = 'estate'
               WHERE r.until IS NULL AND r.person_id = ANY(%s)""",
            [list(persons)],
        )
        return {
            row[0]: Home(row[1], row[2] or "", row[3], tuple(row[4]), *row[5:])
            for row in cursor.fetchall()
        }


def persons_behind(label: str, *, low: int, high: int) -> list[UUID]:
    """Who lives behind doors whose short address begins so (3-2, 3-2-501)."""
    rows = Residence.objects.filter(
        until=None, area__range=(low, high), place__label__startswith=label
    )
    return list(rows.values_list("person_id", flat=True)[:2000])


def residences_of(person: UUID) -> list[Residence]:
    """Where somebody lives and has lived, newest first."""
    return list(
        Residence.objects.filter(person_id=person).select_related("place").order_by("-since")
    )


@dataclass(frozen=True, slots=True)
class Housemate:
    """Somebody behind a door."""

    person: UUID
    name: str
    label: str


def family_of(person: UUID) -> list[Housemate]:
    """Who lives behind somebody's door now, he first; he alone is not listed without a door."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT p.id, p.name, d.label FROM communities_residence mine
               JOIN communities_place d ON d.id = mine.place_id AND d.kind = 'door'
               JOIN communities_residence r ON r.place_id = mine.place_id AND r.until IS NULL
               JOIN people_person p ON p.id = r.person_id AND p.merged_into_id IS NULL
               WHERE mine.person_id = %(person)s AND mine.until IS NULL
               ORDER BY p.id <> %(person)s, p.id""",
            {"person": person},
        )
        return [Housemate(*row) for row in cursor.fetchall()]
