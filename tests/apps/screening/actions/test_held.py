"""A person settles what could not be judged: this one it was; or it does not count."""

from uuid import UUID

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.audit.queries import lines_about
from muster.apps.people.errors import NotAllowed
from muster.apps.screening.actions import accept_record, record_batch, void_record
from muster.apps.screening.errors import AlreadySettled, PersonMissing, RecordNotFound
from muster.apps.screening.models import Sampled, Specimen, Tube
from muster.apps.screening.queries.rounds import held_records, members_of
from muster.kernel.ids import new_id
from tests.support.city import OpenRound, SmallCity
from tests.support.records import TUBE, record, round_

__all__ = ["round_"]


@pytest.fixture
def held(city: SmallCity, round_: OpenRound) -> UUID:
    """A record of somebody unknown, into a code that is none."""
    sent = record(None, "lc1", said={"name": "访客", "door": "1-1-101"})
    record_batch(token=round_.tokens[0], records=[sent])
    return sent.id


def test_accepted_it_counts_for_this_person_in_this_tube(
    city: SmallCity, round_: OpenRound, held: UUID
) -> None:
    with act_as(city.secretary):
        assert [s.id for s in held_records(round_.id)] == [held]
        done = accept_record(record=held, person=city.residents[0], tube=" lc0000000001 ")
        assert (done.state, done.tube, done.said) == (Specimen.State.ACCEPTED, TUBE, None)
        assert Sampled.objects.get(round=round_.id).person == city.residents[0]
        assert Tube.objects.get(round=round_.id).code == TUBE
        assert [m.person for m in members_of(round_.id, TUBE)] == [city.residents[0]]
        assert held_records(round_.id) == []
        with pytest.raises(AlreadySettled):
            accept_record(record=held)


def test_without_a_person_it_cannot_count(city: SmallCity, round_: OpenRound, held: UUID) -> None:
    with act_as(city.secretary):
        with pytest.raises(PersonMissing):
            accept_record(record=held, tube=TUBE)
        assert Specimen.objects.get(id=held).state == Specimen.State.HELD


def test_void_it_stays_with_the_reason_and_does_not_count(
    city: SmallCity, round_: OpenRound, held: UUID
) -> None:
    with act_as(city.secretary):
        void_record(record=held, reason="typed by mistake")
        assert Specimen.objects.get(id=held).state == Specimen.State.VOID
        assert lines_about(held)[0].detail == {"reason": "typed by mistake"}
        assert not Sampled.objects.exists()
        with pytest.raises(AlreadySettled):
            void_record(record=held, reason="again")


def test_sent_again_after_it_was_settled_it_answers_what_it_became(
    city: SmallCity, round_: OpenRound
) -> None:
    sent = record(None)
    record_batch(token=round_.tokens[0], records=[sent])
    with act_as(city.secretary):
        accept_record(record=sent.id, person=city.residents[0])
    (receipt,) = record_batch(token=round_.tokens[0], records=[sent])
    assert (receipt.state, receipt.code) == ("accepted", "")


def test_only_who_settles_here_sees_it(city: SmallCity, round_: OpenRound, held: UUID) -> None:
    with act_as(city.other_secretary), pytest.raises(RecordNotFound):
        accept_record(record=held, person=city.strangers[0])
    with act_as(city.headquarters), pytest.raises(NotAllowed):
        void_record(record=held, reason="x")
    with act_as(city.secretary), pytest.raises(RecordNotFound):
        void_record(record=new_id(), reason="x")


def test_what_somebody_said_is_kept_while_held_only(city: SmallCity, round_: OpenRound) -> None:
    said = {"name": "甲"}
    good = record(city.residents[0], said=said)
    bad = record(None, said=said)
    record_batch(token=round_.tokens[0], records=[good, bad])
    with act_as(city.secretary):
        assert Specimen.objects.get(id=good.id).said is None
        assert Specimen.objects.get(id=bad.id).said == said
