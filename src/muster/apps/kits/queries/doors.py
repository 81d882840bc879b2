"""Doors of a series: what each is due, what it has had, who has reported which day, who is late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection

from muster.apps.kits.models import KitFollowUp
from muster.apps.kits.queries.series import facts_of, rule_of
from muster.kernel import clock
from muster.protocols.kits import DayState, SeriesFacts, day_state, kits_due

if TYPE_CHECKING:
    from muster.apps.kits.models import Series
    from muster.policies.model import Antigen


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day of one person: the state, and what the kit showed ('' if nothing)."""

    day: int
    state: DayState
    value: str


@dataclass(frozen=True, slots=True)
class Behind:
    """Somebody behind a door. `cell` is the day that the list is about."""

    person: UUID
    name: str
    phone: str
    cells: tuple[DayCell, ...]
    cell: DayCell

    @property
    def late(self) -> tuple[int, ...]:
        """The days for which a result is late."""
        return tuple(c.day for c in self.cells if c.state is DayState.LATE)


@dataclass(frozen=True, slots=True)
class Issued:
    """The issue that stands for a door."""

    id: UUID
    kits: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class DoorLine:
    """A door with who lives there, what it is due and what it has had."""

    door: int
    label: str
    building: str
    due: int
    issued: Issued | None
    people: tuple[Behind, ...]

    @property
    def done(self) -> int:
        """Whose result of the day is in."""
        return sum(p.cell.state is DayState.DONE for p in self.people)

    @property
    def missing(self) -> int:
        """Whose result of the day is not in."""
        return sum(p.cell.state not in {DayState.DONE, DayState.HELD} for p in self.people)

    @property
    def late(self) -> int:
        """Who is late with any day."""
        return sum(bool(p.late) for p in self.people)

    @property
    def positive(self) -> int:
        """Whose kit was positive on the day."""
        return sum(p.cell.value == "positive" for p in self.people)


LIVING = """
SELECT d.id, d.label, coalesce(b.name, ''), p.id, p.name, coalesce(f.number, '')
FROM communities_residence r
JOIN communities_place d ON d.id = r.place_id
JOIN people_person p ON p.id = r.person_id AND p.merged_into_id IS NULL
LEFT JOIN LATERAL (
    SELECT string_agg(n.name, ' ' ORDER BY array_length(n.path, 1)) AS name
    FROM communities_place n
    WHERE n.id = ANY(d.path) AND n.kind IN ('estate', 'building', 'unit')) b ON true
LEFT JOIN people_phone f ON f.person_id = p.id AND f.rank = 0
WHERE r.area = %(area)s AND r.until IS NULL
      AND d.path && %(places)s::bigint[] AND d.path && %(within)s::bigint[]
ORDER BY d.path, p.id
"""


def doors_of(series: Series, within: Sequence[int], *, day: int) -> list[DoorLine]:
    """The doors of a series below `within`, in walking order."""
    with connection.cursor() as cursor:
        cursor.execute(
            LIVING, {"area": series.area, "places": series.places, "within": list(within)}
        )
        rows = cursor.fetchall()
    facts, rule, now = facts_of(series), rule_of(series), clock.now()
    issued = _issues(series, facts.issue_day(day))
    results = _results(series, [row[3] for row in rows])
    held = held_in(series)
    found = []
    for (door, label, building), group in groupby(rows, key=lambda row: row[:3]):
        people = tuple(
            Behind(
                row[3],
                row[4],
                row[5],
                cells := _cells(rule, facts, results[row[3]], now, held=row[3] in held),
                next(c for c in cells if c.day == day),
            )
            for row in group
        )
        due = kits_due(facts, len(people))
        found.append(DoorLine(door, label, building, due, issued.get(door), people))
    return found


def _cells(
    rule: Antigen, facts: SeriesFacts, results: dict[int, str], now: datetime, *, held: bool
) -> tuple[DayCell, ...]:
    cells = []
    for day in facts.days:
        value = results.get(day, "")
        state = day_state(rule, facts, day=day, result=value, now=now, zone=clock.LOCAL, held=held)
        cells.append(DayCell(day, state, value))
    return tuple(cells)


def _issues(series: Series, day: int) -> dict[int, Issued]:
    rows = series.issues.filter(day=day, returned_at=None)
    return {i.door_id: Issued(i.id, i.kits, i.at, i.by) for i in rows}


def _results(series: Series, persons: Sequence[UUID]) -> dict[UUID, dict[int, str]]:
    found: dict[UUID, dict[int, str]] = defaultdict(dict)
    rows = series.results.filter(person__in=list(persons))
    for person, day, value in rows.values_list("person_id", "day", "value"):
        found[person][day] = value
    return found


def held_in(series: Series) -> set[UUID]:
    """Whose kit was positive and who is not released."""
    rows = KitFollowUp.objects.filter(result__series=series)
    return set(rows.exclude(state=KitFollowUp.State.RELEASED).values_list("person_id", flat=True))


BEHIND = """
SELECT r.place_id, p.id
FROM communities_residence r
JOIN communities_place d ON d.id = r.place_id AND d.path && %(places)s::bigint[]
JOIN people_person p ON p.id = r.person_id AND p.merged_into_id IS NULL
WHERE r.place_id = ANY(%(doors)s::bigint[]) AND r.area = %(area)s AND r.until IS NULL
ORDER BY p.id
"""


def residents_behind(series: Series, door: int) -> list[UUID]:
    """Who lives behind a door of a series; none where it is not part of it."""
    return residents_by_door(series, [door])[door]


def residents_by_door(series: Series, doors: Iterable[int]) -> dict[int, list[UUID]]:
    """As `residents_behind`, of many doors at once."""
    asked = list(doors)
    found: dict[int, list[UUID]] = {door: [] for door in asked}
    with connection.cursor() as cursor:
        cursor.execute(BEHIND, {"area": series.area, "places": series.places, "doors": asked})
        for door, person in cursor.fetchall():
            found[door].append(person)
    return found
