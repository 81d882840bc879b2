"""What each table has done, what waits, who is in a tube."""

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.screening.actions import record_batch, void_record
from muster.apps.screening.errors import RoundNotFound
from muster.apps.screening.queries.rounds import (
    devices_of,
    held_records,
    members_of,
    round_of,
    rounds_of,
    table_progress,
    tables_of,
    tube_of,
)
from muster.apps.screening.queries.tubes import tube_codes
from muster.kernel.ids import new_id
from tests.support.city import HERE, THERE, OpenRound, SmallCity
from tests.support.records import TUBE, record, round_
from tests.support.records import tube_of as tube_with

__all__ = ["round_"]


def test_tables_by_what_they_recorded(city: SmallCity, round_: OpenRound) -> None:
    record_batch(token=round_.tokens[0], records=tube_with(city.residents[:4]))
    again = record(city.residents[0], "LC0000000002")
    held = [record(None, "bad"), record(None)]
    record_batch(token=round_.tokens[1], records=[again, *held])
    with act_as(city.secretary):
        one, two = table_progress(round_.id)
        assert (one.number, one.people, one.tubes, one.flagged, one.held) == (1, 4, 1, 0, 0)
        assert (two.number, two.people, two.tubes, two.flagged, two.held) == (2, 0, 1, 1, 2)
        assert one.last is not None
        assert [h.id for h in held_records(round_.id)] == [h.id for h in held]
        assert len(held_records(round_.id, limit=1)) == 1
        assert tube_codes(round_.id) == [(TUBE, 4), ("LC0000000002", 1)]
        void_record(round_id=round_.id, record=again.id, reason="x")
        assert tube_codes(round_.id) == [(TUBE, 4), ("LC0000000002", 0)]
        assert members_of(round_.id, "LC0000000002") == []


def test_rounds_tables_devices_tubes(city: SmallCity, round_: OpenRound) -> None:
    with act_as(city.secretary):
        assert [r.id for r in rounds_of(low=HERE, high=HERE)] == [round_.id]
        assert rounds_of(low=THERE, high=THERE) == []
        assert round_of(round_.id).title == "第一轮"
        with pytest.raises(RoundNotFound):
            round_of(new_id())
        assert [t.site.name for t in tables_of(round_.id)] == ["晨光花园", "晨光新村"]
        assert [d.id for d in devices_of(round_.id)] == round_.devices
        assert tube_of(round_.id, TUBE) is None
