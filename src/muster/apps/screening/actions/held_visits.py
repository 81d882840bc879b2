"""Words from doors from which nothing follows, held or waiting: let be, for a reason."""

from uuid import UUID

from muster.apps.people.queries.access import require
from muster.apps.screening.actions.settling import let_be, take_up
from muster.apps.screening.errors import AlreadySettled, VisitNotFound
from muster.apps.screening.models import Visit
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

    Raises `VisitNotFound` (also where something follows from it), `AlreadySettled`, `NotAllowed`,
    and as `let_be`.
    """
    found = _locked(round_id, visit)
    if found.settled_at is not None:
        raise AlreadySettled(reason="")
    let_be(found, reason=reason, person=found.person)
    return found


def reopen_visit(*, round_id: UUID, visit: UUID, decision: UUID | None = None) -> Visit:
    """Undo of a dismissal: it waits at the desk again. Raises `VisitNotFound`, `NotAllowed`, and as
    `take_up`."""
    found = _locked(round_id, visit)
    take_up(found, decision)
    return found
