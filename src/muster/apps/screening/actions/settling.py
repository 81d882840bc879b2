"""What waits at the desk, of whatever kind, is settled, let be for a reason, or taken up again."""

from muster.apps.audit.actions import current_actor, write_line
from muster.apps.screening.models import Change, Closing, Specimen, Visit
from muster.kernel import clock

type Asked = Change | Closing | Visit
"""What a phone asked or said, and nothing followed by itself."""
SETTLED = ["settled_by", "settled_at"]


def settle(row: Asked | Specimen) -> None:
    """Save the locked row as decided by whoever acts, now."""
    row.settled_by, row.settled_at = current_actor().name, clock.now()
    row.save()


def let_be(row: Asked, *, action: str, reason: str) -> None:
    """Off the list, on record; nothing follows from the locked row. Its audit line says why."""
    settle(row)
    write_line(action=action, area=row.area, subject=row.id, reason=reason.strip()[:80])


def take_up(row: Asked, *, action: str) -> None:
    """Undo of `let_be`: the locked row waits for a decision again."""
    row.settled_by, row.settled_at = "", None
    row.save(update_fields=SETTLED)
    write_line(action=action, area=row.area, subject=row.id)
