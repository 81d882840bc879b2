"""muster.protocols.custody: what does not agree, and the clock of a tube."""

from datetime import UTC, datetime, timedelta

import pytest

from muster import policies
from muster.protocols.custody import (
    Discrepancy,
    Kind,
    PackedTube,
    Stage,
    box_discrepancies,
    tube_clock,
    tube_discrepancies,
)

RULE = policies.load("2022-04").screening.custody
AT = datetime(2022, 4, 3, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tube", "found"),
    [
        (PackedTube("A", True, True, 10, 10), None),
        (PackedTube("A", True, True, 10, None), None),
        (PackedTube("A", False, False, 0, None), Discrepancy(Kind.TUBE_UNKNOWN, "A", 0, 0)),
        (PackedTube("A", True, True, 0, 3), Discrepancy(Kind.TUBE_EMPTY, "A", 0, 3)),
        (PackedTube("A", True, True, 9, 10), Discrepancy(Kind.TUBE_COUNT, "A", 9, 10)),
        (PackedTube("A", True, False, 9, None), Discrepancy(Kind.TUBE_NOT_CLOSED, "A", 9, 9)),
    ],
)
def test_a_tube_in_a_box(tube: PackedTube, found: Discrepancy | None) -> None:
    assert tube_discrepancies([tube]) == ([found] if found else [])


def test_each_count_by_hand_is_held_against_what_was_scanned() -> None:
    counts = [(Stage.SEALED, 40), (Stage.COURIER, 39), (Stage.LABORATORY, 40)]
    assert box_discrepancies(RULE, 40, counts) == [Discrepancy(Kind.BOX_COUNT, "courier", 40, 39)]
    full = RULE.tubes_per_box
    assert box_discrepancies(RULE, full, []) == []
    assert box_discrepancies(RULE, full + 1, []) == [
        Discrepancy(Kind.BOX_OVERFULL, "packed", full, full + 1)
    ]


@pytest.mark.parametrize(
    ("stage", "minutes"),
    [
        (Stage.OPEN, RULE.pack_minutes),
        (Stage.CLOSED, RULE.pack_minutes),
        (Stage.PACKED, RULE.deliver_minutes),
        (Stage.COURIER, RULE.deliver_minutes),
        (Stage.LABORATORY, RULE.result_minutes),
    ],
)
def test_a_tube_is_late_from_the_minute_after_its_deadline(stage: Stage, minutes: int) -> None:
    due = AT + timedelta(minutes=minutes)
    on_time = tube_clock(RULE, opened_at=AT, stage=stage, now=due)
    assert (on_time.due_at, on_time.late) == (due, False)
    assert tube_clock(RULE, opened_at=AT, stage=stage, now=due + timedelta(seconds=1)).late


def test_a_tube_with_its_result_is_never_late() -> None:
    told = tube_clock(RULE, opened_at=AT, stage=Stage.RESULTED, now=AT + timedelta(days=9))
    assert (told.due_at, told.late) == (None, False)
