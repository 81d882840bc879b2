"""Closings that a phone may not make by itself, or that count otherwise: done, or let be."""

from typing import cast
from uuid import UUID

import psycopg
from django.db import connection

from muster.apps.audit.actions import write_line
from muster.apps.people.queries.access import require
from muster.apps.screening.actions.deciding import end, keep, refuse, standing
from muster.apps.screening.actions.locking import lock_closing
from muster.apps.screening.actions.records.facts import Sender
from muster.apps.screening.actions.records.tubes import open_tube, recount
from muster.apps.screening.actions.settling import let_be, settle, take_up
from muster.apps.screening.actions.standing import sender_at
from muster.apps.screening.errors import (
    AlreadySettled,
    ClosingNotFound,
    TubeCodeUnfit,
)
from muster.apps.screening.models import Closing, Decision, Tube, log_key
from muster.apps.screening.queries.rounds import in_log
from muster.apps.screening.queries.undoing import closed_as
from muster.policies import load
from muster.protocols.access import Verb
from muster.protocols.screening import code_fits

OPEN = (Closing.State.HELD, Closing.State.FLAGGED)
OPEN_TUBE = {"closed_at": None, "closed_by": None, "counted": None, "note": ""}


def _locked(round_id: UUID, closing: UUID) -> Closing:
    found = lock_closing(round_id, closing)
    if found is None:
        raise ClosingNotFound
    require(Verb.SETTLE_SPECIMENS, place=found.area)
    return found


def apply_closing(*, round_id: UUID, closing: UUID, tube: str = "") -> Closing:
    """The tube is closed with what the recorder had in hand. `tube` mends its code. Afterwards it
    is accepted, waiting or flagged as any closing, by how many records count.

    Raises `ClosingNotFound`, `AlreadySettled` (also where it closed its tube already),
    `TubeCodeUnfit`, `NotAllowed`.
    """
    found = _locked(round_id, closing)
    if found.state != Closing.State.HELD or found.settled_at is not None:
        raise AlreadySettled(reason="")
    sender = sender_at(device=found.device, table=found.table, round_id=round_id)
    said, found.tube = found.tube, tube.strip().upper() or found.tube
    known = Tube.objects.filter(**in_log(round_id), code=found.tube).exists()
    if not known and not code_fits(found.tube, load(sender.policy)):
        raise TubeCodeUnfit(tube=found.tube, reason="")
    before = {"code": found.code, "said": said, "tube": closed_as(_tube(found))}
    found.state, found.code = Closing.State.WAITING, ""
    settle(found)
    _close(found, sender)
    keep(
        found, Decision.Choice.CLOSED, before=before, after={"tube": closed_as(_tube(found))},
        closing=found.id, code=before["code"], tube=found.tube,
    )  # fmt: skip
    write_line(action="closing_applied", area=found.area, subject=closing, tube=found.tube)
    found.refresh_from_db(fields=["state", "code"])
    return found


def _tube(found: Closing) -> Tube | None:
    return Tube.objects.filter(**log_key(found.area, found.round), code=found.tube).first()


def undo_closing(*, round_id: UUID, closing: UUID, decision: UUID | None = None) -> Closing:
    """Take back a closing that was done at the desk: the tube is as it was, and the closing waits
    for a decision again. A tube that only the closing knew of stays, open and empty. `decision`:
    only if it is this one that holds.

    Raises `ClosingNotFound`, `NothingDecided`, `TakenBackAlready`, `NotAllowed`; `ClosedSince` or
    `ResultedSince` where somebody else has closed the tube, or its result has come, since.
    """
    found = _locked(round_id, closing)
    about = {"round": round_id, "closing": closing, "choice": Decision.Choice.CLOSED}
    made = standing(decision, **about)
    key = log_key(found.area, found.round)
    tube = Tube.objects.get(**key, code=found.tube)
    refuse(made)
    was = made.before["tube"] or {**OPEN_TUBE, "size": tube.size}
    Tube.objects.filter(**key, code=found.tube).update(**was)
    found.state, found.code = Closing.State.HELD, made.before["code"]
    found.settled_by, found.settled_at = "", None
    code, found.tube = found.tube, made.before["said"]
    found.save()
    end(made, Decision.Ended.UNDONE)
    with connection.cursor() as wrapped:
        sender = sender_at(device=found.device, table=found.table, round_id=round_id)
        recount(cast(psycopg.Cursor, wrapped), sender, {code})
    write_line(action="closing_undone", area=found.area, subject=closing, tube=code)
    return found


def _close(found: Closing, sender: Sender) -> None:
    with connection.cursor() as wrapped:
        cursor = cast(psycopg.Cursor, wrapped)
        open_tube(cursor, sender, found.tube)
        Tube.objects.filter(**log_key(found.area, found.round), code=found.tube).update(
            closed_at=found.received_at,
            closed_by=found.device,
            counted=found.count,
            **({"size": 0} if found.household else {}),
        )
        recount(cursor, sender, {found.tube})


def dismiss_closing(*, round_id: UUID, closing: UUID, reason: str) -> Closing:
    """Let it be: a held one closes nothing, a count that differs is known and explained.

    Raises `ClosingNotFound`, `AlreadySettled`, `NotAllowed`, and as `let_be`.
    """
    found = _locked(round_id, closing)
    if found.state not in OPEN or found.settled_at is not None:
        raise AlreadySettled(reason="")
    let_be(found, reason=reason, tube=found.tube)
    return found


def reopen_closing(*, round_id: UUID, closing: UUID, decision: UUID | None = None) -> Closing:
    """Undo of a dismissal: it waits for a decision again.

    Raises `ClosingNotFound`, `NotAllowed`, and as `take_up`."""
    found = _locked(round_id, closing)
    take_up(found, decision)
    return found
