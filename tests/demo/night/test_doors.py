"""muster.demo.night.doors: a pair says one thing of each, swabs one tube a person, and mends its
first word. The whole walk is in the night itself (`test_story`)."""

import json
from datetime import UTC, datetime
from uuid import UUID

from muster.demo.night.doors import FOUND, STANDS, SWAB, Pair
from muster.kernel.ids import new_id
from muster.web.sync.batches import parse


def test_a_pair_finds_everybody_once() -> None:
    people = [new_id() for _ in range(2 * len(FOUND))]
    pair = Pair(people)
    pair.walk(datetime(2022, 4, 3, 20, tzinfo=UTC))
    assert list(pair.found) == people
    assert set(pair.found.values()) == {*STANDS, SWAB}
    visits, records, closings = (pair.batch[k] for k in ("visits", "records", "closings"))
    wrong, undo, mended = visits[:3]
    assert undo["undoes"] == wrong["id"]
    assert mended["person"] == wrong["person"]
    assert len({r["tube"] for r in records}) == len(records) == len(closings) == 4
    said = {UUID(v["person"]) for v in visits if "person" in v}
    assert said | {UUID(r["person"]) for r in records} == set(people)


def test_what_it_sends_is_read_by_the_protocol() -> None:
    pair = Pair([new_id() for _ in FOUND])
    pair.walk(datetime(2022, 4, 3, 20, tzinfo=UTC))
    batch = parse(json.dumps(pair.batch).encode())
    assert [r.size for r in batch.records] == [1, 1]
    assert [c.count for c in batch.closings] == [1, 1]
    assert len(batch.visits) == len(FOUND) - 2 + 2
