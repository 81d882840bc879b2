"""What a phone sends after its records, in few words."""

from typing import Any

from muster.apps.screening.actions import Record, SentChange, SentClosing
from muster.kernel import clock
from muster.kernel.ids import new_id
from tests.support.records import TUBE

OTHER = "LC0000000002"


def void(of: Record) -> SentChange:
    """It does not count."""
    return SentChange(new_id(), of.id, "void", clock.now(), reason="扫错")


def move(of: Record, tube: str) -> SentChange:
    """Its swab is in `tube`."""
    return SentChange(new_id(), of.id, "move", clock.now(), tube=tube)


def closing(count: int, tube: str = TUBE, **more: Any) -> SentClosing:
    """The tube is closed with so many in hand."""
    return SentClosing(new_id(), tube, count, clock.now(), **more)
