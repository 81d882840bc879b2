"""What waits at the desk, of whatever kind, is settled, let be for a reason, or taken up again."""

from typing import Any
from uuid import UUID

from muster.apps.audit.actions import current_actor, remark, write_line
from muster.apps.screening.actions.deciding import end, keep, refuse, standing
from muster.apps.screening.models import Change, Closing, Decision, Specimen, Visit
from muster.kernel import clock

type Asked = Change | Closing | Visit
"""What a phone asked or said, and nothing followed by itself."""
SETTLED = ["settled_by", "settled_at"]
KIND: dict[type[Asked], str] = {Change: "change", Closing: "closing", Visit: "visit"}


def settle(row: Asked | Specimen) -> None:
    """Save the locked row as decided by whoever acts, now."""
    row.settled_by, row.settled_at = current_actor().name, clock.now()
    row.save()


def let_be(row: Asked, *, reason: str, person: UUID | None = None, tube: str = "") -> None:
    """Off the list, on record; nothing follows from the locked row. Its audit line says why.
    `person` and `tube`: what it was about. Raises `RemarkTooLong`, `RemarkHoldsNumber`."""
    said, kind = remark(reason), KIND[type(row)]
    settle(row)
    about: dict[str, Any] = {kind: row.id, "after": {"person": str(person)} if person else {}}
    made = keep(row, f"{kind}_dismissed", before={}, code=row.code, tube=tube, reason=said, **about)
    write_line(action=made.choice, area=row.area, subject=row.id, reason=said)


def take_up(row: Asked, decision: UUID | None = None) -> None:
    """Undo of `let_be`: the locked row waits for a decision again. `decision`: only if it is this
    one that holds. Raises `NothingDecided`, `TakenBackAlready`, `DecidedSince`."""
    kind = KIND[type(row)]
    about: dict[str, Any] = {kind: row.id, "choice": f"{kind}_dismissed"}
    made = standing(decision, area=row.area, **about)
    refuse(made)
    row.settled_by, row.settled_at = "", None
    row.save(update_fields=SETTLED)
    end(made, Decision.Ended.UNDONE)
    write_line(action=f"{kind}_reopened", area=row.area, subject=row.id)
