"""What the desk lists of a round: muster.apps.screening.queries.desk."""

import pytest
from django.core.exceptions import ObjectDoesNotExist

from muster.apps.audit.actions import act_as
from muster.apps.screening.actions import ResultRow, import_results, record_batch
from muster.apps.screening.queries.desk import (
    devices_of,
    doubtful_records,
    names_of_persons,
    recalls_within,
    table_of,
    waiting_results,
)
from muster.apps.screening.queries.rounds import tables_of
from muster.kernel.ids import new_id
from tests.support.city import HERE, THERE, OpenRound, SmallCity
from tests.support.records import TUBE, record, round_, tube_of

__all__ = ["round_"]


def test_doubtful_records_held_first(city: SmallCity, round_: OpenRound) -> None:
    me = city.residents[0]
    held = record(None)
    again = record(me, "LC0000000002")
    record_batch(token=round_.tokens[0], records=[record(me)])
    record_batch(token=round_.tokens[1], records=[again, held])
    with act_as(city.secretary):
        found = doubtful_records(round_.id)
        assert [(d.record.id, d.table, d.name) for d in found] == [
            (held.id, 2, ""),
            (again.id, 2, "王一"),
        ]
        assert [d.record.id for d in doubtful_records(round_.id, state="flagged")] == [again.id]
        assert names_of_persons([me, city.strangers[0]]) == {me: "王一"}


def test_results_that_wait_and_recalls_within_a_range(city: SmallCity, round_: OpenRound) -> None:
    record_batch(token=round_.tokens[0], records=tube_of(city.residents[:2]))
    rows = [ResultRow(2, TUBE, "positive"), ResultRow(3, "ZZ0000000000", "negative")]
    with act_as(city.headquarters):
        import_results(round_id=round_.id, rows=rows)
    with act_as(city.secretary):
        assert [(r.row, r.code) for r in waiting_results(round_.id)] == [(3, "tube_unknown")]
        assert recalls_within(low=HERE, high=HERE).count() == 2
        assert recalls_within(low=THERE, high=THERE, open_only=False).count() == 0


def test_phones_and_tables(city: SmallCity, round_: OpenRound) -> None:
    with act_as(city.secretary):
        assert [d.id for d in devices_of(round_.id)] == round_.devices
        first = tables_of(round_.id)[0]
        assert table_of(first.id).site.name == "晨光花园"
        with pytest.raises(ObjectDoesNotExist):
            table_of(new_id())
