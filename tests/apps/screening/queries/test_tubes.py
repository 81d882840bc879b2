"""muster.apps.screening.queries.tubes: tubes as the log has them."""

from muster.apps.audit.actions import act_as
from muster.apps.screening.actions import record_batch
from muster.apps.screening.queries.tubes import table_numbers, tube_codes, tubes_of
from muster.kernel.ids import new_id
from tests.apps.screening.actions.records.steps import OTHER, closing
from tests.support.city import OpenRound, SmallCity
from tests.support.records import TUBE, record, round_, tube_of

__all__ = ["round_"]


def test_each_tube_says_what_counts_in_it(city: SmallCity, round_: OpenRound) -> None:
    first, second = round_.tokens[:2]
    record_batch(token=first, records=tube_of(city.residents[:3]), closings=[closing(5)])
    record_batch(token=second, records=[record(city.residents[0], OTHER), record(new_id(), OTHER)])
    with act_as(city.secretary):
        (tube, other), numbers = tubes_of(round_.id), table_numbers(round_.id)
        assert tube_codes(round_.id) == sorted([(TUBE, 3), (OTHER, 1)])
        assert tubes_of(round_.id, [OTHER]) == [other]
        assert tubes_of(round_.id, []) == []
    assert (tube.code, tube.people, tube.counted, tube.result) == (TUBE, 3, 5, "")
    assert (other.code, other.people, other.counted, other.closed_at) == (OTHER, 1, None, None)
    assert [numbers[t.table] for t in (tube, other)] == [1, 2]


def test_of_a_round_that_is_not_there_there_are_none(city: SmallCity) -> None:
    with act_as(city.secretary):
        assert tubes_of(new_id()) == []
        assert table_numbers(new_id()) == {}
