"""From the table to the laboratory: boxes counted at each hand-over, a clock for each tube."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from muster.policies.model import Custody


class Stage(StrEnum):
    """How far a tube or a box has come."""

    OPEN = "open"
    CLOSED = "closed"
    PACKED = "packed"
    SEALED = "sealed"
    COURIER = "courier"
    LABORATORY = "laboratory"
    RESULTED = "resulted"


ORDER = (Stage.SEALED, Stage.COURIER, Stage.LABORATORY)
"""The hand-overs of a box."""


class Kind(StrEnum):
    """What does not agree. Each names one thing that somebody can go and look at."""

    TUBE_UNKNOWN = "tube_unknown"
    TUBE_EMPTY = "tube_empty"
    TUBE_NOT_CLOSED = "tube_not_closed"
    TUBE_COUNT = "tube_count"
    BOX_COUNT = "box_count"
    BOX_OVERFULL = "box_overfull"


@dataclass(frozen=True, slots=True)
class PackedTube:
    """A tube in a box: known to the system? closed? `people` who count in it by the system, and
    the swabs that the recorder had in hand, if the tube was counted."""

    code: str
    known: bool
    closed: bool
    people: int
    counted: int | None


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """`subject` is a tube's code or a stage of the box; `expected` by the system, `found` in
    hand."""

    kind: Kind
    subject: str
    expected: int
    found: int


def tube_discrepancies(tubes: Sequence[PackedTube]) -> list[Discrepancy]:
    """What does not agree about the tubes of a box, tube by tube."""
    found = []
    for tube in tubes:
        if not tube.known:
            found.append(Discrepancy(Kind.TUBE_UNKNOWN, tube.code, 0, 0))
        elif not tube.people:
            found.append(Discrepancy(Kind.TUBE_EMPTY, tube.code, 0, tube.counted or 0))
        elif tube.counted is not None and tube.counted != tube.people:
            found.append(Discrepancy(Kind.TUBE_COUNT, tube.code, tube.people, tube.counted))
        elif not tube.closed:
            found.append(Discrepancy(Kind.TUBE_NOT_CLOSED, tube.code, tube.people, tube.people))
    return found


def box_discrepancies(
    rule: Custody, scanned: int, counts: Sequence[tuple[Stage, int]]
) -> list[Discrepancy]:
    """Where somebody counted another number of tubes than were scanned into the box."""
    found = [
        Discrepancy(Kind.BOX_COUNT, stage.value, scanned, count)
        for stage, count in counts
        if count != scanned
    ]
    if scanned > rule.tubes_per_box:
        found.append(
            Discrepancy(Kind.BOX_OVERFULL, Stage.PACKED.value, rule.tubes_per_box, scanned)
        )
    return found


@dataclass(frozen=True, slots=True)
class Clock:
    """Where a tube is on its way, what comes next and until when it should have."""

    stage: Stage
    due_at: datetime | None
    late: bool


def tube_clock(rule: Custody, *, opened_at: datetime, stage: Stage, now: datetime) -> Clock:
    """The next deadline of a tube, counted from its first swab; none once it has its result."""
    minutes = {
        Stage.OPEN: rule.pack_minutes,
        Stage.CLOSED: rule.pack_minutes,
        Stage.PACKED: rule.deliver_minutes,
        Stage.SEALED: rule.deliver_minutes,
        Stage.COURIER: rule.deliver_minutes,
        Stage.LABORATORY: rule.result_minutes,
    }
    if stage is Stage.RESULTED:
        return Clock(stage, None, late=False)
    due = opened_at + timedelta(minutes=minutes[stage])
    return Clock(stage, due, late=now > due)
