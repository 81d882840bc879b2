"""Decisions of the desk: kept with what it takes to undo them, found again, ended."""

from typing import Any
from uuid import UUID

from muster.apps.audit.actions import current_actor
from muster.apps.screening.errors import (
    ClosedSince,
    DecidedSince,
    NothingDecided,
    RecalledSince,
    ResultedSince,
    TakenBackAlready,
)
from muster.apps.screening.models import Change, Closing, Decision, Specimen, Visit
from muster.apps.screening.queries.undoing import since_of
from muster.kernel import clock
from muster.kernel.errors import Conflict
from muster.protocols.undoing import may_undo

BARS: dict[str, type[Conflict]] = {
    each.code: each
    for each in (TakenBackAlready, DecidedSince, ClosedSince, ResultedSince, RecalledSince)
}


def keep(
    row: Specimen | Change | Closing | Visit, choice: str, *, before: dict[str, Any], **fields: Any
) -> Decision:
    """Keep what was decided about a row of a round, by whoever acts, now."""
    round_id = row.round_id if isinstance(row, Visit) else row.round
    return Decision.objects.create(
        area=row.area, round=round_id, choice=choice, before=before, made_by=current_actor().name,
        made_at=clock.now(), **fields,
    )  # fmt: skip


def standing(decision: UUID | None, **about: Any) -> Decision:
    """The decision that holds about a row, which is locked. `decision` names the one that is meant.

    Raises `NothingDecided`; `TakenBackAlready` or `DecidedSince` where another one holds by now.
    """
    found = Decision.objects.filter(**about, ended="").order_by("-made_at").first()
    if found is not None and decision in (None, found.id):
        return found
    meant = Decision.objects.filter(id=decision).first() if decision else None
    if meant is None:
        raise NothingDecided(reason="")
    raise BARS[may_undo(since_of([meant])[meant.id]).reason_code](reason="")


def refuse(made: Decision) -> None:
    """Nothing hangs on it. Raises `DecidedSince`, `ClosedSince`, `ResultedSince`,
    `RecalledSince`; `TakenBackAlready` also where somebody else did so while this looked."""
    answer = may_undo(since_of([made])[made.id])
    if not answer:
        made.refresh_from_db()
        answer = may_undo(since_of([made])[made.id])
    if not answer:
        raise BARS[answer.reason_code](tube=made.tube, reason="")


def end(made: Decision, how: Decision.Ended) -> None:
    """It holds no more: who, when; what it said goes."""
    made.ended, made.ended_by, made.ended_at = how, current_actor().name, clock.now()
    made.before, made.after = {}, {k: v for k, v in made.after.items() if k == "person"}
    made.save(update_fields=["ended", "ended_by", "ended_at", "before", "after"])
