"""Who was called and did not come is called again: when, and by whom."""

from collections.abc import Sequence
from uuid import UUID

from muster.apps.audit.actions import current_actor, write_line
from muster.apps.communities.queries.places import places
from muster.apps.people.queries.access import require
from muster.apps.screening.errors import NoDoors
from muster.apps.screening.models import SecondCall
from muster.apps.screening.queries.rounds import round_of
from muster.kernel import clock
from muster.kernel.ids import new_id
from muster.protocols.access import Verb


def call_again(*, round_id: UUID, doors: Sequence[int]) -> UUID:
    """These doors of the round's community were called again just now; the batch, to undo it.

    Raises `RoundNotFound`, `NoDoors` (none of them is one of the community), `NotAllowed`.
    """
    round_ = round_of(round_id)
    require(Verb.RECORD_DOOR_VISIT, place=round_.area)
    found = [p.id for p in places(list(doors)) if p.area == round_.area]
    if not found:
        raise NoDoors(reason="")
    batch, now = new_id(), clock.now()
    SecondCall.objects.bulk_create(
        [
            SecondCall(
                round=round_, door_id=door, area=round_.area, batch=batch,
                by=current_actor().name, at=now,
            )
            for door in found
        ]
    )  # fmt: skip
    write_line(action="called_again", area=round_.area, subject=round_id, doors=len(found))
    return batch


def forget_second_call(*, batch: UUID) -> int:
    """Undo: these doors were not called again; how many. Raises `NoDoors`, `NotAllowed`."""
    marks = list(SecondCall.objects.select_for_update().filter(batch=batch))
    if not marks:
        raise NoDoors(reason="")
    require(Verb.RECORD_DOOR_VISIT, place=marks[0].area)
    SecondCall.objects.filter(batch=batch).delete()
    write_line(
        action="second_call_undone", area=marks[0].area, subject=marks[0].round_id,
        doors=len(marks),
    )  # fmt: skip
    return len(marks)
