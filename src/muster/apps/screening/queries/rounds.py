"""Rounds, their tables and what each has done."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from muster.apps.screening.errors import RoundNotFound
from muster.apps.screening.models import (
    Absence,
    Device,
    Recall,
    Round,
    SamplingTable,
    Specimen,
    Tube,
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


def rounds_of(*, low: int, high: int) -> list[Round]:
    """The rounds of a range of communities, newest first."""
    return list(Round.objects.filter(area__range=(low, high)).order_by("-starts_at", "-number"))


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


def table_progress(round_id: UUID) -> list[TableProgress]:
    """One line a table of a round."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT t.id, t.number, s.name,
                      coalesce(x.people, 0), coalesce(x.tubes, 0), coalesce(x.flagged, 0),
                      coalesce(x.held, 0), x.last
               FROM screening_samplingtable t JOIN screening_site s ON s.id = t.site_id
               LEFT JOIN (
                   SELECT "table", count(*) FILTER (WHERE state = 'accepted') AS people,
                          count(DISTINCT tube) FILTER (WHERE state IN ('accepted', 'flagged'))
                              AS tubes,
                          count(*) FILTER (WHERE state = 'flagged') AS flagged,
                          count(*) FILTER (WHERE state = 'held') AS held,
                          max(received_at) AS last
                   FROM screening_specimen WHERE round = %(round)s GROUP BY 1) x
                 ON x."table" = t.id
               WHERE t.round_id = %(round)s ORDER BY t.number""",
            {"round": round_id},
        )
        return [TableProgress(*row) for row in cursor.fetchall()]


def held_records(round_id: UUID, *, limit: int = 500) -> list[Specimen]:
    """Records that wait for a person, oldest first."""
    return list(
        Specimen.objects.filter(round=round_id, state=Specimen.State.HELD).order_by("received_at")[
            :limit
        ]
    )


def tube_of(round_id: UUID, code: str) -> Tube | None:
    """A tube by its code."""
    return Tube.objects.filter(round=round_id, code=code).first()


def members_of(round_id: UUID, tube: str) -> list[Specimen]:
    """Who is in a tube: what counts, not what is held or void."""
    return list(
        Specimen.objects.filter(
            round=round_id, tube=tube, state__in=[Specimen.State.ACCEPTED, Specimen.State.FLAGGED]
        ).exclude(person=None)
    )


def tables_of(round_id: UUID) -> list[SamplingTable]:
    """The tables of a round with their sites, by number."""
    return list(
        SamplingTable.objects.filter(round=round_id).select_related("site").order_by("number")
    )


def tube_codes(round_id: UUID) -> list[tuple[str, int]]:
    """Every tube of a round with how many count in it, in order of code."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT t.code, count(s.id) FROM screening_tube t
               LEFT JOIN screening_specimen s ON s.round = t.round AND s.tube = t.code
                    AND s.state IN ('accepted', 'flagged')
               WHERE t.round = %s GROUP BY t.code ORDER BY t.code""",
            [round_id],
        )
        return [(code, count) for code, count in cursor.fetchall()]


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
