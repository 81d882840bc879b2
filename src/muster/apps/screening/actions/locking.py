"""Rows of a round locked always in the same order: a person's first sample (`Sampled`), his record,
its tube, the closing. One of two at once waits for the other, never each for the other."""

from typing import cast
from uuid import UUID

import psycopg
from django.db import connection

from muster.apps.screening.actions.records.facts import Sender
from muster.apps.screening.actions.records.tubes import resulted_of
from muster.apps.screening.models import Closing, Sampled, Specimen, Tube
from muster.apps.screening.queries.rounds import in_log


def lock_record(round_id: UUID, record: UUID) -> Specimen | None:
    """The record, or None where there is none within reach."""
    key = in_log(round_id)
    rows = Specimen.objects.filter(**key, id=record)
    person = rows.values_list("person", flat=True).first()
    if person is not None:
        list(Sampled.objects.select_for_update().filter(**key, person=person))
    return rows.select_for_update().first()


def lock_closing(round_id: UUID, closing: UUID) -> Closing | None:
    """The closing, after its tube. None where there is none within reach."""
    key = in_log(round_id)
    rows = Closing.objects.filter(**key, id=closing)
    tube = rows.values_list("tube", flat=True).first()
    if tube is not None:
        list(Tube.objects.select_for_update(no_key=True).filter(**key, code=tube))
    return rows.select_for_update().first()


def await_results(sender: Sender, tubes: set[str]) -> None:
    """Results that come for these tubes at the same moment are there, or come after this."""
    with connection.cursor() as wrapped:
        resulted_of(cast(psycopg.Cursor, wrapped), sender, tubes)
