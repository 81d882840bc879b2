"""Settle what could not be judged: say who it was, or void it with a reason."""

from uuid import UUID

from django.db import connection

from muster.apps.audit.actions import current_actor, write_line
from muster.apps.people.queries.access import require
from muster.apps.people.queries.people import person_of
from muster.apps.screening.errors import AlreadySettled, PersonMissing, RecordNotFound
from muster.apps.screening.models import DISTRICT, Specimen
from muster.kernel import clock
from muster.protocols.access import Verb


def _locked(record: UUID) -> Specimen:
    found = Specimen.objects.select_for_update().filter(id=record).first()
    if found is None:
        raise RecordNotFound
    require(Verb.SETTLE_SPECIMENS, place=found.area)
    if found.state not in (Specimen.State.HELD, Specimen.State.FLAGGED):
        raise AlreadySettled(reason="")
    return found


def accept_record(*, record: UUID, person: UUID | None = None, tube: str = "") -> Specimen:
    """It counts: for this person, in this tube (both as the device said where left out).

    Raises `RecordNotFound`, `AlreadySettled`, `PersonMissing`, `PersonNotFound`, `NotAllowed`.
    """
    found = _locked(record)
    if person is not None:
        found.person = person_of(person).id
    if found.person is None:
        raise PersonMissing(reason="")
    found.tube = tube.strip().upper() or found.tube
    found.state, found.code, found.said = Specimen.State.ACCEPTED, "", None
    found.settled_by, found.settled_at = current_actor().name, clock.now()
    found.save()
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO screening_sampled (district, round, person, area, specimen, "table", at)
               VALUES (%(d)s, %(r)s, %(p)s, %(a)s, %(s)s, %(t)s, %(at)s) ON CONFLICT DO NOTHING""",
            {
                "d": found.area // DISTRICT,
                "r": found.round,
                "p": found.person,
                "a": found.area,
                "s": found.id,
                "t": found.table,
                "at": found.received_at,
            },
        )
        cursor.execute(
            """INSERT INTO screening_tube (district, round, code, area, "table", device, size,
                                           opened_at, note, result)
               SELECT %(d)s, %(r)s, %(c)s, %(a)s, %(t)s, %(dev)s, n.tube_size, %(at)s, '', ''
               FROM screening_round n WHERE n.id = %(r)s
               ON CONFLICT DO NOTHING""",
            {
                "d": found.area // DISTRICT,
                "r": found.round,
                "c": found.tube,
                "a": found.area,
                "t": found.table,
                "dev": found.device,
                "at": found.received_at,
            },
        )
    write_line(action="record_accepted", area=found.area, subject=record)
    return found


def void_record(*, record: UUID, reason: str) -> Specimen:
    """It does not count; it stays, with the reason. Raises `RecordNotFound`, `AlreadySettled`."""
    found = _locked(record)
    found.state = Specimen.State.VOID
    found.settled_by, found.settled_at = current_actor().name, clock.now()
    found.save()
    write_line(action="record_voided", area=found.area, subject=record, reason=reason.strip()[:80])
    return found
