"""muster.demo.night.phone: what a phone sends all night, without a server."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from muster.demo.night.phone import BREAK, ENDED, SHORT_EVERY, TUBE, Batch, Phone
from muster.kernel.ids import new_id

START = datetime(2022, 4, 3, 12, 0, tzinfo=UTC)
END = START + timedelta(hours=8)


def a_night(people: int = 700, number: int = 3) -> tuple[Phone, list[UUID], list[Batch]]:
    queue = [new_id() for _ in range(people)]
    phone = Phone(number, "token", list(queue))
    batches = list(phone.batches(START, END))
    assert all(START < at <= END for at, _ in batches)
    return phone, queue, [batch for _, batch in batches]


def counting(batch: Batch) -> list[UUID]:
    """Whose records are not voided."""
    void = {c["record"] for c in batch["changes"] if c["kind"] == "void"}
    return [UUID(r["person"]) for r in batch["records"] if r["id"] not in void]


def test_everybody_counts_once_also_who_was_voided() -> None:
    _, queue, batches = a_night()
    assert sorted(p for batch in batches for p in counting(batch)) == sorted(queue)
    voids = [c for b in batches for c in b["changes"] if c["kind"] == "void"]
    assert voids
    assert all(c["reason"] for c in voids)


def test_every_tube_is_closed_with_what_is_in_hand_and_says_why_it_is_short() -> None:
    phone, _, batches = a_night()
    closings = [closing for batch in batches for closing in batch["closings"]]
    assert len(closings) == len(batches) == len({c["tube"] for c in closings})
    assert [c["count"] for c in closings] == [len(counting(batch)) for batch in batches]
    assert all(bool(c["reason"]) == (c["count"] < TUBE) for c in closings)
    assert phone.short == sum(c["count"] < TUBE for c in closings)
    assert closings[SHORT_EVERY - 1]["reason"] == BREAK
    assert closings[-1]["reason"] in {ENDED, ""}


def test_wrong_codes_are_mended_by_a_move_into_the_tube_in_hand() -> None:
    wrong = moved = 0
    for number in range(2, 8):
        for batch in a_night(number=number)[2]:
            tube = batch["closings"][0]["tube"]
            wrong += sum(record["tube"] != tube for record in batch["records"])
            moves = [c for c in batch["changes"] if c["kind"] == "move"]
            assert all(c["tube"] == tube for c in moves)
            moved += len(moves)
    assert 0 < moved < wrong


def test_receipts_must_stay_what_they_were() -> None:
    phone, _, (batch, *_) = a_night()
    ids = [entry["id"] for entries in batch.values() for entry in entries]
    phone.count(batch)
    told = [{"id": id_, "state": "accepted"} for id_ in ids]
    phone.take(batch, told)
    phone.take(batch, told)
    assert len(phone.receipts["records"]) == phone.sent["records"] == TUBE
    with pytest.raises(RuntimeError, match="accepted, held"):
        phone.take(batch, [{"id": id_, "state": "held"} for id_ in ids])
    with pytest.raises(RuntimeError, match="no receipt"):
        phone.take(batch, [])
