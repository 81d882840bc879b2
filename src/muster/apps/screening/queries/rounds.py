"""Rounds, their tables and what each has done."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from muster.apps.screening.errors import RoundNotFound
from muster.apps.screening.models import (
    DISTRICT,
    Absence,
    Device,
    Recall,
    Round,
    SamplingTable,
    Specimen,
    Tube,
    log_key,
)

OUTCOMES: tuple[str, ...] = tuple(Absence.Outcome.values)
"""What may be found at a door."""
RECALL_STATES: tuple[str, ...] = tuple(Recall.State.values)
"""The states of a recall."""


def round_of(round_id: UUID) -> Round:
    """One round. Raises `RoundNotFound`."""
    found = Round.objects.filter(id=round_id).first()
    if found is None:
        raise RoundNotFound
    return found


def in_log(round_id: UUID) -> dict[str, Any]:
    """`log_key` of a round; of one that is not there a key that no row has."""
    area = Round.objects.filter(id=round_id).values_list("area", flat=True).first()
    return log_key(area or 0, round_id)


def rounds_of(*, low: int, high: int) -> list[Round]:
    """The rounds of a range of communities, newest first."""
    return list(Round.objects.filter(area__range=(low, high)).order_by("-starts_at", "-number"))


def latest_in_log(*, low: int, high: int, at: datetime) -> dict[str, Any]:
    """`districts` and `rounds`: where in the log the newest round of each community is."""
    begun = Round.objects.filter(area__range=(low, high), starts_at__lte=at)
    newest = begun.order_by("area", "-number").distinct("area").values_list("id", "area")
    districts = {area // DISTRICT for _, area in newest}
    return {"districts": sorted(districts), "rounds": [id_ for id_, _ in newest]}


@dataclass(frozen=True, slots=True)
class TableProgress:
    """What one table has recorded: people first tested here, tubes, flagged and held records."""

    table: UUID
    number: int
    site: str
    people: int
    tubes: int
    flagged: int
    held: int
    last: datetime | None


DONE = """
SELECT "table", count(*) FILTER (WHERE state = 'accepted'),
       count(DISTINCT tube) FILTER (WHERE state IN ('accepted', 'flagged')),
       count(*) FILTER (WHERE state = 'flagged'), count(*) FILTER (WHERE state = 'held'),
       max(received_at)
FROM screening_specimen WHERE district = %(district)s AND round = %(round)s GROUP BY 1
"""


def table_progress(round_id: UUID) -> list[TableProgress]:
    """One line a table of a round."""
    with connection.cursor() as cursor:
        cursor.execute(DONE, in_log(round_id))
        done = {row[0]: row[1:] for row in cursor.fetchall()}
    return [
        TableProgress(table.id, table.number, table.site.name, *done.get(table.id, NOTHING))
        for table in tables_of(round_id)
    ]


NOTHING = (0, 0, 0, 0, None)


def held_records(round_id: UUID, *, limit: int = 500) -> list[Specimen]:
    """Records that wait for a person, oldest first."""
    return list(
        Specimen.objects.filter(**in_log(round_id), state=Specimen.State.HELD).order_by(
            "received_at"
        )[:limit]
    )


def tube_of(round_id: UUID, code: str) -> Tube | None:
    """A tube by its code."""
    return Tube.objects.filter(**in_log(round_id), code=code).first()


def members_of(round_id: UUID, tube: str) -> list[Specimen]:
    """Who is in a tube: what counts, not what is held or void."""
    return list(
        Specimen.objects.filter(
            **in_log(round_id),
            tube=tube,
            state__in=[Specimen.State.ACCEPTED, Specimen.State.FLAGGED],
        ).exclude(person=None)
    )


def tables_of(round_id: UUID) -> list[SamplingTable]:
    """The tables of a round with their sites, by number."""
    return list(
        SamplingTable.objects.filter(round=round_id).select_related("site").order_by("number")
    )


def recalls_of(area: int, *, only_open: bool = False) -> list[Recall]:
    """The recalls of a community, the most urgent first."""
    rows = Recall.objects.filter(area=area).select_related("person")
    if only_open:
        rows = rows.filter(closed_at=None)
    return list(rows.order_by("closed_at", "due_at", "id"))


def devices_of(round_id: UUID) -> list[Device]:
    """The phones of a round."""
    return list(
        Device.objects.filter(round=round_id).select_related("table").order_by("table__number")
    )
