"""A short-lived code at the desk becomes the token of a phone: once, within ten minutes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection

from muster.apps.audit.actions import as_system, current_actor, write_line
from muster.apps.communities.queries.places import place_of
from muster.apps.kits.actions import enrol_kit_phone, forget_kit_enrolments
from muster.apps.people.actions.phones import KEPT, VALID, hashed, new_code
from muster.apps.people.queries.access import require
from muster.apps.screening.actions.devices import issue_token
from muster.apps.screening.errors import DoorsElsewhere, EnrolmentUnknown, TooManyGuesses
from muster.apps.screening.models import Device, Enrolment, Guess, SamplingTable
from muster.kernel import clock
from muster.protocols.access import Verb

if TYPE_CHECKING:
    from muster.apps.kits.models import KitPhone

WINDOW = timedelta(minutes=10)
GUESSES = {"sender": 10, "everybody": 1000}
"""Tries in a window, of one address and of all together: with fifty codes open at once, a thousand
tries find one in two thousand windows."""


def offer_enrolment(
    *, table: UUID, walks: int | None = None, swabs: bool = True
) -> tuple[Enrolment, str]:
    """A code for one phone at a table, or that `walks` the doors of a place from there; it is shown
    once and only its hash is kept.

    Raises `NotAllowed`, `DoorsElsewhere`: the place is no part of the round.
    """
    at = SamplingTable.objects.select_related("round").get(id=table)
    require(Verb.ENROL_DEVICE, place=at.area)
    if walks is not None and not set(at.round.places) & set(place_of(walks).path):
        raise DoorsElsewhere
    now = clock.now()
    code = new_code()
    offered = Enrolment.objects.create(
        code_hash=hashed("enrolment", code),
        area=at.area,
        table=at,
        walks=walks,
        swabs=swabs,
        made_by=current_actor().name,
        made_at=now,
        expires_at=now + VALID,
    )
    write_line(action="enrolment_offered", area=at.area, subject=offered.id, table=at.number)
    return offered, code


def enrol_by_code(*, code: str, label: str, sender: str) -> tuple[Device | KitPhone, str]:
    """A phone shows the code and becomes the table's, or that of the doors of a series of kits;
    returns it and its token.

    Raises `TooManyGuesses`, `EnrolmentUnknown`: wrong, used, run out, or its round or series is
    closed.
    """
    _count_guess(sender)
    with as_system("enrolment"):
        offered = (
            Enrolment.objects.select_for_update(of=("self",))
            .select_related("table__round")
            .filter(
                code_hash=hashed("enrolment", code),
                used_at=None,
                expires_at__gt=clock.now(),
                table__round__closed_at=None,
            )
            .first()
        )
        if offered is None:
            return _for_kits(code, label, sender)
        device, token = issue_token(
            offered.table,
            label=_told_apart(label[:60], offered.walks),
            by=offered.made_by,
            walks=offered.walks,
            swabs=offered.swabs,
        )
        offered.used_at, offered.device = device.enrolled_at, device.id
        offered.save(update_fields=["used_at", "device"])
        _forgive(sender)
        return device, token


def _for_kits(code: str, label: str, sender: str) -> tuple[KitPhone, str]:
    found = enrol_kit_phone(code=code, label=label)
    if found is None:
        raise EnrolmentUnknown
    _forgive(sender)
    return found


def _told_apart(label: str, walks: int | None) -> str:
    """The kind of phone, and of a pair's the doors: the desk tells phones of one make apart."""
    if walks is None:
        return label
    place = place_of(walks)
    return f"{label} · {place.label or place.name}"


def _count_guess(sender: str) -> None:
    """One more try of this address and of all; counted before it is looked at, so that tries at
    the same moment count each. Raises `TooManyGuesses`."""
    now = clock.now()
    with connection.cursor() as cursor:
        for who, most in GUESSES.items():
            name = sender if who == "sender" else who
            cursor.execute(
                """INSERT INTO screening_guess AS g (sender, since, count) VALUES (%s, %s, 1)
                   ON CONFLICT (sender) DO UPDATE SET
                     count = CASE WHEN g.since < %s THEN 1 ELSE g.count + 1 END,
                     since = CASE WHEN g.since < %s THEN excluded.since ELSE g.since END
                   RETURNING count""",
                [hashed("guess", name), now, now - WINDOW, now - WINDOW],
            )
            if cursor.fetchone()[0] > most:
                raise TooManyGuesses(retry_after=int(WINDOW.total_seconds()))


def _forgive(sender: str) -> None:
    """A right code: the tries before it were typing errors."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM screening_guess WHERE sender = %s", [hashed("guess", sender)])


def forget_enrolments() -> dict[str, int]:
    """Old codes and old counts of tries go: how many of each. The program's own work."""
    now = clock.now()
    codes, _ = Enrolment.objects.filter(expires_at__lt=now - KEPT).delete()
    codes += forget_kit_enrolments()
    guesses, _ = Guess.objects.filter(since__lt=now - WINDOW).delete()
    return {"codes": codes, "guesses": guesses}
