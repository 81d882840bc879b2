"""Rounds and their coverage. Counts only: names stay on the pages."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from muster.apps.screening.queries.coverage import Coverage, coverage_below
from muster.apps.screening.queries.rounds import TableProgress, rounds_of, table_progress
from muster.web.reach import reach_of_page

router = Router()


class RoundOut(Schema):
    """A round of testing."""

    id: UUID
    area: int
    number: int
    title: str
    starts_at: datetime
    closed_at: datetime | None


class CoverageOut(Schema):
    """A place and its residents by status; people, never samples."""

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


class TableOut(Schema):
    """What a table has recorded."""

    number: int
    site: str
    people: int
    tubes: int
    flagged: int
    held: int
    last: datetime | None


@router.get("", response=list[RoundOut], summary="Rounds of a place")
def rounds(request: HttpRequest, place: int | None = None) -> list[object]:
    """The rounds within `place`, newest first."""
    reach = reach_of_page(request)
    return list(rounds_of(low=reach.low, high=reach.high))


@router.get("/{uuid:round_id}/coverage", response=list[CoverageOut], summary="Coverage")
def coverage(request: HttpRequest, round_id: UUID, below: int | None = None) -> list[Coverage]:
    """Estates of the round, or the parts right below the place `below`."""
    return coverage_below(round_id, below)


@router.get("/{uuid:round_id}/tables", response=list[TableOut], summary="Tables")
def tables(request: HttpRequest, round_id: UUID) -> list[TableProgress]:
    """The tables of a round with what each has done."""
    return table_progress(round_id)
