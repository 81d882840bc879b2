"""Find the resident who stands at the table."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection


@dataclass(frozen=True, slots=True)
class Found:
    """A resident whom a recorder looks for, and the table that has recorded him already."""

    person: UUID
    name: str
    label: str
    birth_year: int | None
    recorded_at: int | None


def find_residents(area: int, text: str, *, round_id: UUID, limit: int = 12) -> list[Found]:
    """Residents by name, pinyin or initials, door (3-2-501 or 501) or phone tail."""
    key = text.strip()
    if not key:
        return []
    letters = key.replace(" ", "").lower()
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT p.id, p.name, d.label, extract(year FROM p.birth_date)::int, t.number
               FROM communities_residence r
               JOIN communities_place d ON d.id = r.place_id
               JOIN people_person p ON p.id = r.person_id AND p.merged_into_id IS NULL
               LEFT JOIN screening_sampled s ON s.district = %(area)s / 1000000
                    AND s.round = %(round)s AND s.person = p.id
               LEFT JOIN screening_samplingtable t ON t.id = s."table"
               WHERE r.area = %(area)s AND r.until IS NULL AND (
                     p.name LIKE %(name)s OR d.label = %(key)s OR d.label LIKE %(room)s
                     OR p.initials LIKE %(prefix)s OR p.pinyin LIKE %(prefix)s
                     OR EXISTS (SELECT 1 FROM people_phone f
                                WHERE f.person_id = p.id AND f.tail = %(key)s))
               ORDER BY d.path, p.id LIMIT %(limit)s""",
            {
                "area": area,
                "round": round_id,
                "key": key,
                "name": f"{_literal(key)}%",
                "room": f"%-{_literal(key)}",
                "prefix": f"{_literal(letters)}%",
                "limit": limit,
            },
        )
        return [Found(*row) for row in cursor.fetchall()]


def _literal(text: str) -> str:
    """Text in which the signs that LIKE reads stand for themselves."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
