"""Tubes into boxes, boxes from hand to hand."""

from uuid import UUID

from django.db import IntegrityError, transaction

from muster.apps.audit.actions import current_actor, write_line
from muster.apps.people.queries.access import require
from muster.apps.screening.errors import (
    BoxNotFound,
    BoxSealed,
    CodeMissing,
    HandOverOutOfOrder,
    TubeInAnotherBox,
)
from muster.apps.screening.models import Box, HandOver, Packed
from muster.apps.screening.queries.rounds import round_of
from muster.kernel import clock
from muster.protocols.access import Verb
from muster.protocols.custody import ORDER, Stage


def open_box(*, round_id: UUID, code: str) -> Box:
    """The box with this code; scanning it again finds it again.

    Raises `RoundNotFound`, `CodeMissing`, `NotAllowed`.
    """
    round_ = round_of(round_id)
    require(Verb.CARRY_TUBES, place=round_.area)
    box, fresh = Box.objects.get_or_create(
        round=round_,
        code=_code(code),
        defaults={
            "area": round_.area,
            "opened_at": clock.now(),
            "opened_by": current_actor().name,
        },
    )
    if fresh:
        write_line(action="box_opened", area=box.area, subject=box.id)
    return box


def pack_tube(*, box: UUID, tube: str) -> Packed:
    """A tube was scanned into the box; scanning it again changes nothing. A code that the system
    does not know goes in too: the tube is in hand, and stands in the list of what does not agree.

    Raises `BoxNotFound`, `BoxSealed`, `TubeInAnotherBox`, `CodeMissing`, `NotAllowed`.
    """
    into, code = _open_box_of(box), _code(tube)
    try:
        with transaction.atomic():
            packed, fresh = Packed.objects.get_or_create(
                round=into.round_id,
                tube=code,
                taken_out_at=None,
                defaults={
                    "box": into,
                    "area": into.area,
                    "at": clock.now(),
                    "by": current_actor().name,
                },
            )
    except IntegrityError:  # at the same moment into another box
        packed, fresh = Packed.objects.get(round=into.round_id, tube=code, taken_out_at=None), False
    if packed.box_id != into.id:
        raise TubeInAnotherBox(box=packed.box.code, reason="")
    if fresh:
        write_line(action="tube_packed", area=into.area, subject=into.id, tube=code)
    return packed


def take_out(*, packed: UUID) -> Packed:
    """The tube is not in the box (any more). Raises `BoxNotFound`, `BoxSealed`, `NotAllowed`."""
    rows = Packed.objects.filter(id=packed, taken_out_at=None)
    box = rows.values_list("box", flat=True).first()
    if box is None:
        raise BoxNotFound
    _open_box_of(box)
    found = rows.first()  # who was faster may have taken it out
    if found is None:
        raise BoxNotFound
    found.taken_out_at = clock.now()
    found.save(update_fields=["taken_out_at"])
    write_line(action="tube_taken_out", area=found.area, subject=found.box_id, tube=found.tube)
    return found


def hand_over(*, box: UUID, stage: str, counted: int, to: str = "") -> HandOver:
    """The box is sealed, taken, or received, with so many tubes counted in hand. Another number
    than was scanned stops nobody: it is kept, and shown.

    Raises `BoxNotFound`, `HandOverOutOfOrder`, `NotAllowed`.
    """
    found = _locked(box)
    done = list(
        HandOver.objects.filter(box=found).order_by("at", "id").values_list("stage", flat=True)
    )
    expected = ORDER[len(done)] if len(done) < len(ORDER) else None
    if expected is None or stage != expected.value:
        raise HandOverOutOfOrder(stage=done[-1] if done else Stage.PACKED.value, reason="")
    made = HandOver.objects.create(
        box=found,
        area=found.area,
        stage=stage,
        counted=counted,
        to=to.strip()[:80],
        at=clock.now(),
        by=current_actor().name,
    )
    write_line(
        action="box_handed_over", area=found.area, subject=found.id, stage=stage, counted=counted
    )
    return made


def _locked(box: UUID) -> Box:
    found = Box.objects.select_for_update().filter(id=box).first()
    if found is None:
        raise BoxNotFound
    require(Verb.CARRY_TUBES, place=found.area)
    return found


def _open_box_of(box: UUID) -> Box:
    found = _locked(box)
    if HandOver.objects.filter(box=found).exists():
        raise BoxSealed(reason="")
    return found


def _code(text: str) -> str:
    code = text.strip().upper()[:64]
    if not code:
        raise CodeMissing(reason="")
    return code
