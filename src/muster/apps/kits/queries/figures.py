"""The day of a series in figures, building by building."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from muster.apps.kits.queries.doors import held_in
from muster.apps.kits.queries.series import facts_of, rule_of
from muster.kernel import clock
from muster.protocols.kits import DayState, day_state

if TYPE_CHECKING:
    from muster.apps.kits.models import Series


@dataclass(frozen=True, slots=True)
class BuildingDay:
    """One building on one day. doors: inhabited; served: doors that have their kits; kits: handed
    out for this day or the whole series; results: people whose result counts; held: people
    without one who wait for a re-test and owe none; late: people whose result is late."""

    place: int
    name: str
    doors: int
    served: int
    kits: int
    residents: int
    results: int
    positive: int
    invalid: int
    held: int
    late: int

    @property
    def missing(self) -> int:
        """People whose result is not in."""
        return self.residents - self.results - self.held


# A door belongs to its building, else to its estate, else to itself.
FIGURES = """
WITH living AS (
    SELECT d.id AS door, d.path, coalesce(k.value, '') AS value,
           r.person_id = ANY(%(held)s) AS held
    FROM communities_residence r
    JOIN communities_place d ON d.id = r.place_id
    JOIN people_person p ON p.id = r.person_id AND p.merged_into_id IS NULL
    LEFT JOIN kits_kitresult k
           ON k.series_id = %(series)s AND k.person_id = r.person_id AND k.day = %(day)s
    WHERE r.area = %(area)s AND r.until IS NULL AND d.path && %(places)s::bigint[]),
doors AS (
    SELECT door, path, count(*) AS residents,
           count(*) FILTER (WHERE value = ANY(%(counting)s)) AS results,
           count(*) FILTER (WHERE value = 'positive') AS positive,
           count(*) FILTER (WHERE value = 'invalid') AS invalid,
           count(*) FILTER (WHERE held AND NOT value = ANY(%(counting)s)) AS held
    FROM living GROUP BY door, path)
SELECT n.id, coalesce(e.name || ' ', '') || n.name, count(*), count(i.id),
       coalesce(sum(i.kits), 0), sum(d.residents)::int, sum(d.results)::int,
       sum(d.positive)::int, sum(d.invalid)::int, sum(d.held)::int
FROM doors d
JOIN LATERAL (
    SELECT x.id, x.name, x.kind, x.path FROM communities_place x
    WHERE x.id = ANY(d.path) AND x.kind IN ('building', 'estate', 'door')
    ORDER BY array_position(ARRAY['building', 'estate', 'door'], x.kind::text) LIMIT 1) n ON true
LEFT JOIN communities_place e ON e.id = ANY(d.path) AND e.kind = 'estate' AND e.id <> n.id
LEFT JOIN kits_kitissue i ON i.series_id = %(series)s AND i.door_id = d.door
     AND i.day = %(issue_day)s AND i.returned_at IS NULL
GROUP BY n.id, n.name, n.path, e.name ORDER BY n.path
"""


def figures_of(series: Series, *, day: int) -> list[BuildingDay]:
    """A line a building, in street order."""
    facts, rule = facts_of(series), rule_of(series)
    state = day_state(rule, facts, day=day, result="", now=clock.now(), zone=clock.LOCAL)
    with connection.cursor() as cursor:
        cursor.execute(
            FIGURES,
            {
                "series": series.id,
                "area": series.area,
                "places": series.places,
                "day": day,
                "held": list(held_in(series)),
                "issue_day": facts.issue_day(day),
                "counting": [k.key for k in rule.results if k.releases or k.recall],
            },
        )
        rows = cursor.fetchall()
    late = state is DayState.LATE
    return [BuildingDay(*(*row, row[5] - row[6] - row[9] if late else 0)) for row in rows]


def total_of(lines: list[BuildingDay]) -> BuildingDay:
    """All buildings as one line."""
    sums = [
        sum(getattr(line, name) for line in lines)
        for name in BuildingDay.__slots__
        if name not in ("place", "name")
    ]
    return BuildingDay(0, "", *sums)
