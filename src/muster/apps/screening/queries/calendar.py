"""Which compounds are due for a test when, and who was missed in two rounds in a row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import connection

from muster import policies
from muster.apps.communities.queries.places import estates_of
from muster.apps.screening.models import DISTRICT, Round, Tube
from muster.apps.zones.queries import stays
from muster.kernel import clock
from muster.protocols.rhythm import Due, RoundFact, Spell, calendar

if TYPE_CHECKING:
    from muster.apps.communities.models import Place


@dataclass(frozen=True, slots=True)
class Compound:
    """An estate, and what it was and is due for."""

    place: Place
    due: tuple[Due, ...]


def due_of(area: int, *, first: date, last: date, at: datetime) -> list[Compound]:
    """The estates of a community and their due days from `first` to `last`, as of `at`.

    A round counts for the estates that it was opened over, and for those around its places; it has
    found a case when one of its tubes was positive.
    """
    policy = policies.load(settings.MUSTER_POLICY)
    estates = estates_of(area)
    levels = stays({estate.id: estate.path for estate in estates}, at)
    known = {level.key for level in policy.levels}
    rounds = list(Round.objects.filter(area=area, starts_at__lte=at).order_by("starts_at"))
    cases = set(
        Tube.objects.filter(
            district=area // DISTRICT, round__in=[r.id for r in rounds], result="positive"
        )
        .values_list("round", flat=True)
    )  # fmt: skip
    found = []
    for estate in estates:
        spells = [
            Spell(stay.level, day_of(stay.since), day_of(stay.until) if stay.until else None)
            for stay in levels[estate.id]
            if stay.level in known
        ]
        mine = [
            RoundFact(day_of(r.starts_at), r.id in cases)
            for r in rounds
            if set(r.places) & set(estate.path)
        ]
        due = calendar(policy, spells, mine, first=first, last=last, today=day_of(at))
        found.append(Compound(estate, tuple(due)))
    return found


def day_of(at: datetime) -> date:
    """The city's calendar day of a moment."""
    return clock.to_local(at).date()


@dataclass(frozen=True, slots=True)
class MissedDoor:
    """A door and who behind it was missing in the last two rounds."""

    door: int
    label: str
    estate: str
    people: tuple[tuple[UUID, str], ...]


LAST_TWO = """
WITH over AS (
    SELECT id, places, starts_at FROM screening_round
    WHERE area = %(area)s AND (closed_at IS NOT NULL OR ends_at <= %(at)s)
), last_two AS (
    SELECT r.person_id, p.id AS door, p.path, p.label, o.id AS round,
           row_number() OVER (PARTITION BY r.id ORDER BY o.starts_at DESC) AS turn
    FROM communities_residence r JOIN communities_place p ON p.id = r.place_id
    JOIN over o ON p.path && o.places AND r.since <= o.starts_at
    WHERE r.area = %(area)s AND r.until IS NULL
)
"""
ROUNDS = f"{LAST_TWO} SELECT DISTINCT round FROM last_two WHERE turn <= 2"  # noqa: S608
MISSED = f"""
{LAST_TWO}, tested AS MATERIALIZED (
    SELECT round, person FROM screening_sampled
    WHERE district = %(district)s AND round = ANY(%(rounds)s::uuid[])
), missing AS (
    SELECT l.person_id, l.door, l.path, l.label FROM last_two l
    LEFT JOIN tested s ON s.round = l.round AND s.person = l.person_id
    LEFT JOIN screening_absence a ON a.round_id = l.round AND a.person_id = l.person_id
    WHERE l.turn <= 2 AND s.person IS NULL
      AND coalesce(a.outcome, 'not_found') IN ('not_found', 'refused')
    GROUP BY l.person_id, l.door, l.path, l.label HAVING count(*) = 2
)
SELECT m.door, m.label, coalesce(e.name, ''),
       array_agg(n.id ORDER BY n.id), array_agg(n.name ORDER BY n.id)
FROM missing m JOIN people_person n ON n.id = m.person_id
LEFT JOIN communities_place e ON e.id = ANY(m.path) AND e.kind = 'estate'
GROUP BY m.door, m.label, m.path, e.name ORDER BY m.path LIMIT %(limit)s
"""  # noqa: S608 -- constants


def missed_twice(area: int, *, at: datetime, limit: int = 500) -> list[MissedDoor]:
    """Doors with people who live there since before both of the last two rounds of their home and
    were in neither tested, exempt, away or visited at home; in street order. A round counts once
    its time is over."""
    values: dict[str, Any] = {"area": area, "district": area // DISTRICT, "at": at, "limit": limit}
    with connection.cursor() as cursor:
        cursor.execute(ROUNDS, values)
        rounds = [row[0] for row in cursor.fetchall()]
        cursor.execute(MISSED, {**values, "rounds": rounds})
        return [
            MissedDoor(door, label, estate, tuple(zip(ids, names, strict=True)))
            for door, label, estate, ids, names in cursor.fetchall()
        ]
