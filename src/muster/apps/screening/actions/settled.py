"""Undo of anything that was settled at the desk, at any time, by the decision itself."""

from itertools import batched
from uuid import UUID

from muster.apps.audit.actions import write_line
from muster.apps.people.queries.access import require
from muster.apps.screening.actions.deciding import refuse
from muster.apps.screening.actions.decisions import undo_decision
from muster.apps.screening.actions.held_changes import reopen_change
from muster.apps.screening.actions.held_closings import reopen_closing, undo_closing
from muster.apps.screening.actions.held_visits import reopen_visit
from muster.apps.screening.errors import DecisionNotFound
from muster.apps.screening.models import Decision
from muster.apps.screening.queries.undoing import since_of
from muster.protocols.access import Verb
from muster.protocols.undoing import may_undo

AT_ONCE = 500
"""How many decisions are looked at together."""


def undo_settled(*, decision: UUID) -> Decision:
    """It is as before, and waits for a decision again.

    Raises `DecisionNotFound`, `NotAllowed`, `TakenBackAlready` (also where two do so at once), and
    what `undo_decision` and `undo_closing` raise.
    """
    made = Decision.objects.filter(id=decision).first()
    if made is None:
        raise DecisionNotFound
    require(Verb.SETTLE_SPECIMENS, place=made.area)
    refuse(made)
    _undo(made)
    made.refresh_from_db()
    return made


def _undo(made: Decision) -> None:
    round_id, choice = made.round, Decision.Choice
    match made.choice:
        case choice.CHANGE_LEFT if made.change:
            reopen_change(round_id=round_id, change=made.change, decision=made.id)
        case choice.VISIT_LEFT if made.visit:
            reopen_visit(round_id=round_id, visit=made.visit, decision=made.id)
        case choice.CLOSING_LEFT if made.closing:
            reopen_closing(round_id=round_id, closing=made.closing, decision=made.id)
        case choice.CLOSED if made.closing:
            undo_closing(round_id=round_id, closing=made.closing, decision=made.id)
        case _ if made.specimen:
            undo_decision(round_id=round_id, record=made.specimen, decision=made.id)


def forget_words() -> int:
    """What was typed at a table goes from decisions that cannot be taken back any more, because a
    result or a later decision hangs on them; how many. For the hourly job."""
    said = Decision.objects.filter(ended="", before__has_key="said").exclude(before__said=None)
    count = 0
    for rows in batched(said.order_by("made_at").iterator(), AT_ONCE):
        since = since_of(rows)
        for made in rows:
            if not may_undo(since[made.id]):
                made.before["said"] = None
                made.save(update_fields=["before"])
                write_line(action="words_forgotten", area=made.area, subject=made.id)
                count += 1
    return count
