"""A decision at the desk does to a record what a phone's batch does, with the same statements."""

from typing import cast
from uuid import UUID

import psycopg
from django.db import connection

from muster.apps.screening.actions.records.facts import Sender
from muster.apps.screening.actions.records.first import give_back_first, give_up_first, take_first
from muster.apps.screening.actions.records.tubes import open_tube, recount, resulted_of
from muster.apps.screening.actions.results import follow_tubes
from muster.apps.screening.actions.settling import settle
from muster.apps.screening.models import SamplingTable, Specimen
from muster.apps.screening.queries.rounds import round_of
from muster.protocols.screening import Code

COUNTS = (Specimen.State.ACCEPTED, Specimen.State.FLAGGED)


def sender_at(*, device: UUID, table: UUID, round_id: UUID) -> Sender:
    """The phone as the statements of a batch name it. Raises `RoundNotFound`."""
    round_ = round_of(round_id)
    number = SamplingTable.objects.filter(id=table).values_list("number", flat=True).first()
    return Sender(
        id=device, area=round_.area, table=table, number=number or 0, round=round_.id,
        policy=round_.policy, tube_size=round_.tube_size, revoked=False,
        round_closed=round_.closed_at is not None,
    )  # fmt: skip


def count_in(record: Specimen, tube: str) -> None:
    """The locked `record` counts for its person, in `tube`: accepted, or flagged where another of
    the person's is the first of the round. The tube's result and its closing are held against it.
    """
    sender, before = sender_of(record), record.tube
    with connection.cursor() as wrapped:
        cursor = cast(psycopg.Cursor, wrapped)
        open_tube(cursor, sender, tube)
        record.tube = tube
        if record.person is not None and take_first(cursor, sender, record.person, record.id):
            record.state, record.code = Specimen.State.ACCEPTED, ""
        else:
            record.state, record.code = Specimen.State.FLAGGED, Code.PERSON_ALREADY_RECORDED
        _settle(record)
        recount(cursor, sender, {before, tube})
        resulted = resulted_of(cursor, sender, {tube})
    follow_tubes(record.round, resulted)


def take_out_of_count(record: Specimen) -> None:
    """The locked `record` does not count: the person's next one becomes the first."""
    sender = sender_of(record)
    with connection.cursor() as wrapped:
        cursor = cast(psycopg.Cursor, wrapped)
        if record.person is not None and record.state in COUNTS:
            give_up_first(cursor, sender, record.person, record.id)
        record.state, record.code = Specimen.State.VOID, ""
        _settle(record)
        recount(cursor, sender, {record.tube})


def give_back(record: Specimen, left: str, *, gone: UUID | None, first: bool | None) -> None:
    """The locked `record`, its fields as they were before a decision, is saved and counts so.

    left: the tube that it leaves. gone: for whom it does not count any more. first: it counts
    again, as the person's first or not; None: it goes on as it does.
    """
    sender = sender_of(record)
    with connection.cursor() as wrapped:
        cursor = cast(psycopg.Cursor, wrapped)
        if gone is not None:
            give_up_first(cursor, sender, gone, record.id)
        if first and record.person is not None:
            give_back_first(cursor, sender, record.person, record.id)
        elif first is not None and record.person is not None:
            counts = take_first(cursor, sender, record.person, record.id)
            flagged = Specimen.State.FLAGGED, Code.PERSON_ALREADY_RECORDED
            record.state, record.code = (Specimen.State.ACCEPTED, "") if counts else flagged
        record.save()
        recount(cursor, sender, {left, record.tube})


def put_into(record: Specimen, tube: str) -> None:
    """The swab of the locked `record` is in `tube`; whether it counts stays as it is."""
    sender, before = sender_of(record), record.tube
    with connection.cursor() as wrapped:
        cursor = cast(psycopg.Cursor, wrapped)
        open_tube(cursor, sender, tube)
        record.tube = tube
        _settle(record)
        recount(cursor, sender, {before, tube})
        resulted = resulted_of(cursor, sender, {tube})
    follow_tubes(record.round, resulted)


def sender_of(record: Specimen) -> Sender:
    """The phone that made a record, as `sender_at`."""
    return sender_at(device=record.device, table=record.table, round_id=record.round)


def _settle(record: Specimen) -> None:
    """What was typed is kept while a record is held, no longer."""
    if record.state != Specimen.State.HELD:
        record.said = None
    settle(record)
