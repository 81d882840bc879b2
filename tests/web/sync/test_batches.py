"""muster.web.sync.batches: strict about shape, lenient about what is said."""

from datetime import UTC, datetime
from uuid import UUID

import msgspec
import pytest

from muster.apps.screening.errors import BatchMalformed
from muster.kernel.ids import new_id
from muster.web.sync.batches import parse

AT = "2022-04-03T21:04:05+08:00"


def body(**lists: object) -> bytes:
    return msgspec.json.encode(lists)


def test_all_three_lists() -> None:
    ids = [new_id() for _ in range(4)]
    batch = parse(
        body(
            records=[{"id": ids[0], "tube": "LC1", "taken_at": AT, "size": 0}],
            changes=[
                {"id": ids[1], "record": ids[0], "kind": "void", "made_at": AT, "reason": "误"}
            ],
            closings=[{"id": ids[2], "tube": "LC1", "count": 3, "closed_at": AT}],
        )
    )
    assert (batch.records[0].id, batch.records[0].size) == (ids[0], 0)
    assert (batch.changes[0].record, batch.changes[0].reason) == (ids[0], "误")
    assert batch.closings[0].closed_at == datetime(2022, 4, 3, 13, 4, 5, tzinfo=UTC)
    assert isinstance(batch.closings[0].id, UUID)


def test_one_list_is_enough_and_none_is_too_few() -> None:
    assert parse(body(changes=[])).records == []
    with pytest.raises(BatchMalformed):
        parse(body(record=[]))


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "undo"},
        {"record": None},
        {"made_at": "2022-04-03T21:04:05"},
        {"tube": "L" * 65},
        {"reason": "因" * 201},
        {"more": 1},
    ],
)
def test_a_change_that_cannot_be_read(change: dict[str, object]) -> None:
    good: dict[str, object] = {"id": new_id(), "record": new_id(), "kind": "move", "made_at": AT}
    parse(body(changes=[good]))
    with pytest.raises(BatchMalformed):
        parse(body(changes=[good | change]))


@pytest.mark.parametrize(
    "closing", [{"count": -1}, {"count": 1001}, {"count": "3"}, {"closed_at": "now"}]
)
def test_a_closing_that_cannot_be_read(closing: dict[str, object]) -> None:
    good: dict[str, object] = {"id": new_id(), "tube": "LC1", "count": 3, "closed_at": AT}
    parse(body(closings=[good]))
    with pytest.raises(BatchMalformed):
        parse(body(closings=[good | closing]))


def test_a_clock_far_off_is_kept_as_the_nearer_end() -> None:
    sent = {"id": new_id(), "tube": "LC1", "taken_at": "0001-01-01T00:00:00Z"}
    assert parse(body(records=[sent])).records[0].taken_at.year == 1970
