"""Words from doors from which nothing follows, held or waiting: let be, for a reason."""

from uuid import UUID

from muster.apps.audit.actions import current_actor, write_line
from muster.apps.people.queries.access import require
from muster.apps.screening.errors import AlreadySettled, VisitNotFound
from muster.apps.screening.models import Visit
from muster.kernel import clock
from muster.protocols.access import Verb


def _locked(round_id: UUID, visit: UUID) -> Visit:
    found = (
        Visit.objects.select_for_update()
        .filter(round_id=round_id, id=visit, state__in=[Visit.State.HELD, Visit.State.WAITING])
        .first()
    )
    if found is None:
        raise VisitNotFound
    require(Verb.SETTLE_SPECIMENS, place=found.area)
    return found


def dismiss_visit(*, round_id: UUID, visit: UUID, reason: str) -> Visit:
    """Let it be: it is off the list, stays on record, and nothing follows from it.

    Raises `VisitNotFound` (also where something follows from it), `AlreadySettled`, `NotAllowed`.
    """
    found = _locked(round_id, visit)
    if found.settled_at is not None:
        raise AlreadySettled(reason="")
    found.settled_by, found.settled_at = current_actor().name, clock.now()
    found.save(update_fields=["settled_by", "settled_at"])
    write_line(action="visit_dismissed", area=found.area, subject=visit, reason=reason.strip()[:80])
    return found


def reopen_visit(*, round_id: UUID, visit: UUID) -> Visit:
    """Undo of a dismissal: it waits at the desk again. Raises `VisitNotFound`, `NotAllowed`."""
    found = _locked(round_id, visit)
    found.settled_by, found.settled_at = "", None
    found.save(update_fields=["settled_by", "settled_at"])
    write_line(action="visit_reopened", area=found.area, subject=visit)
    return found
