"""Undo of what was decided at the desk about a record: it is as it was, and counts as it did."""

from datetime import datetime
from typing import Any
from uuid import UUID

from muster.apps.audit.actions import current_actor, write_line
from muster.apps.people.queries.access import require
from muster.apps.screening.actions.standing import COUNTS, give_back
from muster.apps.screening.errors import (
    DecidedSince,
    NothingDecided,
    RecalledSince,
    ResultedSince,
)
from muster.apps.screening.models import (
    Change,
    Decision,
    Recall,
    Sampled,
    Specimen,
    Tube,
    log_key,
)
from muster.apps.screening.queries.rounds import in_log
from muster.kernel import clock
from muster.protocols.access import Verb

type Facts = dict[str, Any]


def facts_of(record: Specimen, change: Change | None = None) -> Facts:
    """The locked `record` as it is, and the `change` asked for, to be handed to `remember`."""
    first = Sampled.objects.filter(**_key(record), specimen=record.id)
    settled = record.settled_at.isoformat() if record.settled_at else None
    asked = {"change": [change.state, change.code, change.tube]} if change else {}
    return {
        **_standing(record), "said": record.said, "by": record.settled_by, "at": settled,
        "first": first.exists(), **asked,
    }  # fmt: skip


def _key(record: Specimen) -> dict[str, Any]:
    return log_key(record.area, record.round)


def _standing(record: Specimen) -> Facts:
    person = str(record.person) if record.person else None
    return {"state": record.state, "code": record.code, "person": person, "tube": record.tube}


def remember(record: Specimen, before: Facts, change: UUID | None = None) -> None:
    """Keep what the decided `record` was `before`. Only the last decision keeps what it said."""
    Decision.objects.filter(round=record.round, specimen=record.id).delete()
    Decision.objects.create(
        area=record.area, round=record.round, specimen=record.id, change=change, before=before,
        after=_standing(record), made_by=current_actor().name, made_at=clock.now(),
    )  # fmt: skip


def undo_decision(*, round_id: UUID, record: UUID) -> Specimen:
    """Take back what was last decided about a record, with the change that it did.

    Where another record has become the person's first, it is flagged again. Raises
    `NothingDecided`, `NotAllowed`; `DecidedSince`, `ResultedSince` or `RecalledSince` where
    something hangs on it by now.
    """
    found = Specimen.objects.select_for_update().filter(**in_log(round_id), id=record).first()
    made = Decision.objects.filter(round=round_id, specimen=record).order_by("-made_at").first()
    if found is None or made is None:
        raise NothingDecided(reason="")
    require(Verb.SETTLE_SPECIMENS, place=found.area)
    _refuse(found, made)
    _restore(found, made)
    if made.change is not None:
        state, code, tube = made.before["change"]
        Change.objects.filter(**_key(found), id=made.change).update(
            state=state, code=code, tube=tube, settled_by="", settled_at=None
        )
    made.delete()
    write_line(action="decision_undone", area=found.area, subject=record, state=found.state)
    return found


def undo_change(*, round_id: UUID, change: UUID) -> Specimen:
    """Take back a change that was done at the desk: it waits for a decision again.

    Raises `NothingDecided`, and what `undo_decision` raises.
    """
    made = Decision.objects.filter(round=round_id, change=change).first()
    if made is None or made.specimen is None:
        raise NothingDecided(reason="")
    return undo_decision(round_id=round_id, record=made.specimen)


def _refuse(found: Specimen, made: Decision) -> None:
    if _standing(found) != made.after:
        raise DecidedSince(reason="")
    first = Sampled.objects.filter(**_key(found), person=made.before["person"]).first()
    if made.before["first"] and first is not None:
        other = Specimen.objects.filter(**_key(found), id=first.specimen).exclude(id=found.id)
        if other.filter(settled_at__gte=made.made_at).exists():
            raise DecidedSince(reason="")
    tubes = {made.before["tube"], made.after["tube"]}
    rows = Tube.objects.filter(**_key(found), code__in=tubes)
    if rows.filter(resulted_at__gte=made.made_at).exists():
        raise ResultedSince(reason="")
    people = {p for p in (made.before["person"], made.after["person"]) if p}
    called = Recall.objects.filter(round=found.round, tube__in=tubes, person__in=people)
    # A decision recalls at once who came into a positive tube: a moment before it is written down.
    if called.filter(opened_at__gte=found.settled_at or made.made_at).exists():
        raise RecalledSince(reason="")


def _restore(found: Specimen, made: Decision) -> None:
    before = made.before
    other = made.after["person"] != before["person"]
    counts, counted = found.state in COUNTS, before["state"] in COUNTS
    gone = found.person if counts and (other or not counted) else None
    again = counted and (other or not counts)
    tube = found.tube
    found.state, found.code, found.said = before["state"], before["code"], before["said"]
    found.person = UUID(before["person"]) if before["person"] else None
    found.tube, found.settled_by = before["tube"], before["by"]
    found.settled_at = datetime.fromisoformat(before["at"]) if before["at"] else None
    give_back(found, tube, gone=gone, first=before["first"] if again else None)
