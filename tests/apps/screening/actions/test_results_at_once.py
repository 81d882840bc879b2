"""A result and a record of its tube at the same moment, on two connections: whichever is first, the
person is recalled. Nobody waits for nothing, and no two wait for each other."""

from functools import partial

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.screening.actions import (
    Record,
    ResultRow,
    accept_record,
    import_results,
    record_batch,
    undo_settled,
    void_record,
)
from muster.apps.screening.actions.locking import lock_closing, lock_record
from muster.apps.screening.errors import AlreadySettled, ResultedSince
from muster.apps.screening.models import Closing, Decision, Recall, Sampled, Specimen
from muster.kernel.ids import new_id
from tests.apps.screening.actions.test_held_closings import closed
from tests.support.at_once import meanwhile, together
from tests.support.city import OpenRound, SmallCity
from tests.support.records import TUBE, night, record

__all__ = ["night"]


@pytest.fixture
def sampled(night: tuple[SmallCity, OpenRound]) -> tuple[SmallCity, OpenRound]:
    """Somebody is in the tube."""
    city, round_ = night
    record_batch(token=round_.tokens[0], records=[record(city.residents[0])])
    return city, round_


def positive(city: SmallCity, round_: OpenRound) -> int:
    with act_as(city.headquarters):
        rows = [ResultRow(2, TUBE, "positive")]
        return import_results(round_id=round_.id, rows=rows).recalls


def recalled(city: SmallCity) -> set[object]:
    with act_as(city.secretary):
        return set(Recall.objects.values_list("person_id", flat=True))


@pytest.mark.parametrize("result_first", [True, False])
def test_a_phones_record(sampled: tuple[SmallCity, OpenRound], result_first: bool) -> None:
    city, round_ = sampled
    both = [
        lambda: positive(city, round_),
        lambda: record_batch(token=round_.tokens[0], records=[record(city.residents[1])]),
    ]
    meanwhile(*(both if result_first else reversed(both)))
    assert recalled(city) == set(city.residents[:2])


@pytest.mark.parametrize("result_first", [True, False])
def test_a_record_accepted_at_the_desk(
    sampled: tuple[SmallCity, OpenRound], result_first: bool
) -> None:
    city, round_ = sampled
    held = record(None, said={"name": "访客"})
    record_batch(token=round_.tokens[0], records=[held])

    def accept() -> None:
        with act_as(city.secretary):
            accept_record(round_id=round_.id, record=held.id, person=city.residents[1])

    both = [lambda: positive(city, round_), accept]
    meanwhile(*(both if result_first else reversed(both)))
    assert recalled(city) == set(city.residents[:2])


def test_an_undo_after_a_result_is_refused(sampled: tuple[SmallCity, OpenRound]) -> None:
    city, round_ = sampled
    held = record(None, said={"name": "访客"})
    record_batch(token=round_.tokens[0], records=[held])
    with act_as(city.secretary):
        accept_record(round_id=round_.id, record=held.id, person=city.residents[1])
        made = Decision.objects.get(specimen=held.id).id

    def undo() -> str:
        try:
            with act_as(city.secretary):
                return undo_settled(decision=made).ended
        except ResultedSince as error:
            return error.code

    assert meanwhile(lambda: positive(city, round_), undo)[1] == ResultedSince.code
    assert recalled(city) == set(city.residents[:2])


def test_two_records_of_one_person_voided_by_two(sampled: tuple[SmallCity, OpenRound]) -> None:
    """Each would make the other's the first: one does, and the other finds what is there then."""
    city, round_ = sampled
    for person in city.residents[1:5]:
        one, two = record(person), record(person)
        record_batch(token=round_.tokens[0], records=[one])
        record_batch(token=round_.tokens[0], records=[two])

        def void(which: Record) -> str:
            try:
                with act_as(city.secretary):
                    return void_record(round_id=round_.id, record=which.id, reason="x").state
            except AlreadySettled as error:
                return error.code

        done = sorted(together(partial(void, one), partial(void, two)))
        with act_as(city.secretary):
            assert done == [AlreadySettled.code, "void"]
            states = sorted(s.state for s in Specimen.objects.filter(person=person))
            assert states == ["accepted", "void"]
            first = Sampled.objects.get(person=person).specimen
            assert Specimen.objects.get(id=first).state == "accepted"


def test_a_record_out_of_reach_is_not_there(sampled: tuple[SmallCity, OpenRound]) -> None:
    city, round_ = sampled
    closing = closed(round_, TUBE, 1)
    with act_as(city.secretary):
        mine = Specimen.objects.get().id
        assert lock_record(round_.id, mine) is not None
        assert lock_closing(round_.id, closing) == Closing.objects.get()
        assert lock_record(round_.id, new_id()) is lock_closing(round_.id, new_id()) is None
    with act_as(city.other_secretary):
        assert lock_record(round_.id, mine) is None
