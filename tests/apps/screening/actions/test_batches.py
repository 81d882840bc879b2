"""`muster.apps.screening.actions.batches`: a table's records and what was found, together."""

import pytest

from muster.apps.screening.actions import take_batch
from muster.apps.screening.errors import BatchTooLarge
from tests.support.city import OpenRound, SmallCity
from tests.support.records import record, round_
from tests.support.visits import visit

__all__ = ["round_"]


def test_receipts_of_both_in_order(city: SmallCity, round_: OpenRound) -> None:
    records = [record(p) for p in city.residents[:2]]
    visits = [visit(city.residents[30]), visit(city.residents[0])]
    receipts = take_batch(token=round_.tokens[0], records=records, visits=visits)
    assert [r.id for r in receipts] == [e.id for e in (*records, *visits)]
    assert [r.state for r in receipts] == ["accepted", "accepted", "accepted", "flagged"]
    assert take_batch(token=round_.tokens[0], records=records)[0] == receipts[0]


def test_too_many_together(city: SmallCity, round_: OpenRound) -> None:
    many = [visit(city.residents[30])] * 300
    with pytest.raises(BatchTooLarge):
        take_batch(token=round_.tokens[0], records=[record(None)] * 201, visits=many)
