"""Who is tested, who is missing and why: by estate, building, stair, door. People, never samples.

A resident counts once, by the first that holds: tested, exempt, refused, away, home visit, missing.
Whoever lives here now counts; the place is the residence, never the registered address.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from muster.apps.communities.queries.places import place_of
from muster.apps.screening.models import Round, log_key
from muster.apps.screening.queries.rounds import round_of


@dataclass(frozen=True, slots=True)
class Coverage:
    """One place and its residents by status. `missing` is who to knock for."""

    place: int
    name: str
    kind: str
    residents: int
    tested: int
    exempt: int
    refused: int
    away: int
    home_visit: int
    missing: int

    @property
    def percent(self) -> float:
        """Tested and exempt of all, 0-100; 100 where nobody lives."""
        return 100.0 if not self.residents else 100 * (self.tested + self.exempt) / self.residents


@dataclass(frozen=True, slots=True)
class Behind:
    """A resident behind a door, with status and reason. `phone` is the first, '' if none."""

    door: int
    label: str
    person: UUID
    name: str
    birth_year: int | None
    phone: str
    status: str
    reason: str
    note: str
    remarks: str


# Once per resident; `home` is the path of the place lived at. The log is asked by itself.
STATUS = """
tested AS MATERIALIZED (
    SELECT person FROM screening_sampled WHERE district = %(district)s AND round = %(round)s
), status AS (
    SELECT r.person_id, r.place_id, p.path AS home,
           CASE WHEN s.person IS NOT NULL THEN 'tested'
                WHEN a.outcome IN ('not_found', 'came') THEN 'missing'
                WHEN a.outcome = 'moved' THEN 'away'
                ELSE coalesce(a.outcome, 'missing') END AS status,
           coalesce(nullif(a.rule, ''), a.outcome, '') AS reason, coalesce(a.note, '') AS note
    FROM communities_residence r
    JOIN communities_place p ON p.id = r.place_id
    LEFT JOIN tested s ON s.person = r.person_id
    LEFT JOIN screening_absence a ON a.round_id = %(round)s AND a.person_id = r.person_id
    WHERE r.area = %(area)s AND r.until IS NULL AND p.path && %(places)s::bigint[]
)
"""

COUNTS = """count(*),
    count(*) FILTER (WHERE status = 'tested'), count(*) FILTER (WHERE status = 'exempt'),
    count(*) FILTER (WHERE status = 'refused'), count(*) FILTER (WHERE status = 'away'),
    count(*) FILTER (WHERE status = 'home_visit'), count(*) FILTER (WHERE status = 'missing')"""


def _parameters(round_: Round, places: Sequence[int]) -> dict[str, Any]:
    return {**log_key(round_.area, round_.id), "area": round_.area, "places": list(places)}


def coverage_total(round_id: UUID) -> Coverage:
    """The whole round as one line. Raises `RoundNotFound`."""
    round_ = round_of(round_id)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH {STATUS} SELECT {COUNTS} FROM status",  # noqa: S608 -- constants
            _parameters(round_, round_.places),
        )
        return Coverage(0, round_.title, "round", *cursor.fetchone())


def coverage_below(round_id: UUID, place: int | None = None) -> list[Coverage]:
    """One line for each child of `place`, or for each place of the round, in street order.

    Raises `RoundNotFound`, `PlaceNotFound`.
    """
    round_ = round_of(round_id)
    if place is None:
        node, within = "(SELECT x FROM unnest(home) x WHERE x = ANY(%(places)s))", round_.places
    else:
        depth = len(place_of(place).path)
        node, within = f"coalesce(home[{depth + 1}], home[{depth}])", [place]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""WITH {STATUS},
                     grouped AS (SELECT {node} AS node, {COUNTS} FROM status GROUP BY 1)
                SELECT p.id, p.name, p.kind, g.* FROM grouped g JOIN communities_place p
                ON p.id = g.node ORDER BY p.ordinal, p.id""",  # noqa: S608 -- constants
            _parameters(round_, within),
        )
        return [Coverage(*row[:3], *row[4:]) for row in cursor.fetchall()]


def behind_doors(
    round_id: UUID,
    place: int,
    *,
    only_missing: bool = False,
    also: Collection[UUID] = (),
    limit: int = 2000,
) -> list[Behind]:
    """The residents below a place, door by door; with `only_missing` who is neither tested nor
    exempt, and `also` these unless tested. Raises `RoundNotFound`."""
    round_ = round_of(round_id)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""WITH {STATUS}
                SELECT s.place_id, p.label, s.person_id, n.name,
                       extract(year FROM n.birth_date)::int, coalesce(f.number, ''),
                       s.status, s.reason, s.note, n.remarks
                FROM status s JOIN communities_place p ON p.id = s.place_id
                JOIN people_person n ON n.id = s.person_id
                LEFT JOIN people_phone f ON f.person_id = s.person_id AND f.rank = 0
                WHERE %(all)s OR s.status NOT IN ('tested', 'exempt')
                      OR s.status = 'exempt' AND s.person_id = ANY(%(also)s)
                ORDER BY s.home, n.id LIMIT %(limit)s""",  # noqa: S608 -- constants
            {
                **_parameters(round_, [place]),
                "all": not only_missing,
                "also": list(also),
                "limit": limit,
            },
        )
        return [Behind(*row) for row in cursor.fetchall()]
