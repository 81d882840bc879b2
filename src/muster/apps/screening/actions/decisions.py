"""Undo of what was decided at the desk about a record: it is as it was, and counts as it did."""

from datetime import datetime
from typing import Any
from uuid import UUID

from muster.apps.audit.actions import write_line
from muster.apps.people.queries.access import require
from muster.apps.screening.actions.deciding import end, keep, refuse, standing
from muster.apps.screening.actions.locking import await_results, lock_record
from muster.apps.screening.actions.standing import COUNTS, give_back, sender_of
from muster.apps.screening.errors import NothingDecided
from muster.apps.screening.models import Change, Decision, Sampled, Specimen, log_key
from muster.apps.screening.queries.undoing import standing_of
from muster.protocols.access import Verb

type Facts = dict[str, Any]
"""A record before it is decided, to be handed to `remember`."""


def facts_of(record: Specimen, change: Change | None = None) -> Facts:
    """The locked `record` as it is, and the `change` asked for."""
    first = Sampled.objects.filter(**_key(record), specimen=record.id)
    settled = record.settled_at.isoformat() if record.settled_at else None
    asked = {"change": [change.state, change.code, change.tube]} if change else {}
    return {
        **standing_of(record), "said": record.said, "by": record.settled_by, "at": settled,
        "first": first.exists(), **asked,
    }  # fmt: skip


def _key(record: Specimen) -> dict[str, Any]:
    return log_key(record.area, record.round)


def remember(
    record: Specimen, before: Facts, choice: str, *, change: UUID | None = None, reason: str = ""
) -> Decision:
    """Keep what the decided `record` was `before`. Only the last decision of a record can be taken
    back, and only it keeps what the record said."""
    earlier = Decision.objects.filter(round=record.round, specimen=record.id, ended="")
    for made in earlier.select_for_update():
        end(made, Decision.Ended.REPLACED)
    code = before["change"][1] if change else before["code"]
    return keep(
        record, choice, before=before, after=standing_of(record), specimen=record.id,
        change=change, code=code, tube=record.tube, reason=reason,
    )  # fmt: skip


def undo_decision(*, round_id: UUID, record: UUID, decision: UUID | None = None) -> Specimen:
    """Take back what was last decided about a record, with the change that it did. `decision`: only
    if it is this one that holds.

    Where another record has become the person's first, it is flagged again. Raises
    `NothingDecided`, `NotAllowed`, `TakenBackAlready`; `DecidedSince`, `ResultedSince` or
    `RecalledSince` where something hangs on it by now.
    """
    found = lock_record(round_id, record)
    if found is None:
        raise NothingDecided(reason="")
    require(Verb.SETTLE_SPECIMENS, place=found.area)
    made = standing(decision, round=round_id, specimen=record)
    await_results(sender_of(found), {made.before["tube"], made.after["tube"]})
    refuse(made)
    _restore(found, made)
    if made.change is not None:
        state, code, tube = made.before["change"]
        Change.objects.filter(**_key(found), id=made.change).update(
            state=state, code=code, tube=tube, settled_by="", settled_at=None
        )
    end(made, Decision.Ended.UNDONE)
    write_line(action="decision_undone", area=found.area, subject=record, state=found.state)
    return found


def undo_change(*, round_id: UUID, change: UUID) -> Specimen:
    """Take back a change that was done at the desk: it waits for a decision again.

    Raises `NothingDecided`, and what `undo_decision` raises.
    """
    made = standing(None, round=round_id, change=change, choice=Decision.Choice.CHANGED)
    if made.specimen is None:
        raise NothingDecided(reason="")
    return undo_decision(round_id=round_id, record=made.specimen, decision=made.id)


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
