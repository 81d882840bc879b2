"""Recognise people who are in the register already."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from muster.apps.people.actions.identity import keyring


@dataclass(slots=True)
class Known:
    """Who is known, by the blind index of the identity number, and by name behind a door."""

    by_number: dict[bytes, UUID]
    by_door: dict[tuple[int | None, str], UUID]

    def find(self, row: Mapping[str, Any], door: int | None) -> UUID | None:
        """The person of a row, if the register has one."""
        number = row.get("id_number")
        if number:
            return self.by_number.get(keyring().index(number))
        return self.by_door.get((door, row.get("name") or ""))

    def add(self, row: Mapping[str, Any], door: int | None, person: UUID) -> None:
        """Somebody new in this very file."""
        if row.get("id_number"):
            self.by_number[keyring().index(row["id_number"])] = person
        self.by_door[door, row.get("name") or ""] = person


def known_people(area: int) -> Known:
    """Everybody of a community."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT p.id, p.name, p.id_index, r.place_id FROM people_person p
               LEFT JOIN communities_residence r ON r.person_id = p.id AND r.until IS NULL
               WHERE p.area = %s AND p.merged_into_id IS NULL""",
            [area],
        )
        rows = cursor.fetchall()
    return Known(
        {bytes(index): id_ for id_, _, index, _ in rows if index},
        {(door, name): id_ for id_, name, _, door in rows},
    )
