"""A person settles what could not be judged: this one it was; or it does not count.

What a decision does to a record is in `muster.apps.screening.actions.standing`."""

from uuid import UUID

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.audit.queries import lines_about
from muster.apps.people.errors import NotAllowed
from muster.apps.screening.actions import (
    ResultRow,
    accept_record,
    import_results,
    record_batch,
    void_record,
)
from muster.apps.screening.errors import (
    AlreadySettled,
    PersonMissing,
    RecordNotFound,
    TubeCodeUnfit,
)
from muster.apps.screening.models import Recall, Sampled, Specimen, Tube
from muster.apps.screening.queries.desk import doubtful_records
from muster.apps.screening.queries.rounds import held_records, members_of
from muster.kernel.ids import new_id
from tests.support.city import OpenRound, SmallCity
from tests.support.records import TUBE, record, round_, tube_of

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
        done = accept_record(
            round_id=round_.id, record=held, person=city.residents[0], tube=" lc0000000001 "
        )
        assert (done.state, done.tube, done.said) == (Specimen.State.ACCEPTED, TUBE, None)
        assert Sampled.objects.get(round=round_.id).person == city.residents[0]
        assert Tube.objects.get(round=round_.id).code == TUBE
        assert [m.person for m in members_of(round_.id, TUBE)] == [city.residents[0]]
        assert held_records(round_.id) == []
        with pytest.raises(AlreadySettled):
            accept_record(round_id=round_.id, record=held)


def test_an_unfit_code_counts_nothing(city: SmallCity, round_: OpenRound, held: UUID) -> None:
    """No result would ever come for it: it would only seem to be settled."""
    with act_as(city.secretary):
        with pytest.raises(TubeCodeUnfit):
            accept_record(round_id=round_.id, record=held, person=city.residents[0])
        assert Specimen.objects.get(id=held).state == Specimen.State.HELD
        assert not Tube.objects.exists()


def test_without_a_person_it_cannot_count(city: SmallCity, round_: OpenRound, held: UUID) -> None:
    with act_as(city.secretary):
        with pytest.raises(PersonMissing):
            accept_record(round_id=round_.id, record=held, tube=TUBE)
        assert Specimen.objects.get(id=held).state == Specimen.State.HELD


def test_void_it_stays_with_the_reason_and_does_not_count(
    city: SmallCity, round_: OpenRound, held: UUID
) -> None:
    with act_as(city.secretary):
        void_record(round_id=round_.id, record=held, reason="typed by mistake")
        assert Specimen.objects.get(id=held).state == Specimen.State.VOID
        assert lines_about(held)[0].detail == {"reason": "typed by mistake"}
        assert not Sampled.objects.exists()
        with pytest.raises(AlreadySettled):
            void_record(round_id=round_.id, record=held, reason="again")


def test_sent_again_after_it_was_settled_it_answers_what_it_became(
    city: SmallCity, round_: OpenRound
) -> None:
    sent = record(None)
    record_batch(token=round_.tokens[0], records=[sent])
    with act_as(city.secretary):
        accept_record(round_id=round_.id, record=sent.id, person=city.residents[0])
    (receipt,) = record_batch(token=round_.tokens[0], records=[sent])
    assert (receipt.state, receipt.code) == ("accepted", "")


def test_only_who_settles_here_sees_it(city: SmallCity, round_: OpenRound, held: UUID) -> None:
    with act_as(city.other_secretary), pytest.raises(RecordNotFound):
        accept_record(round_id=round_.id, record=held, person=city.strangers[0])
    with act_as(city.headquarters), pytest.raises(NotAllowed):
        void_record(round_id=round_.id, record=held, reason="x")
    with act_as(city.secretary), pytest.raises(RecordNotFound):
        void_record(round_id=round_.id, record=new_id(), reason="x")
    with act_as(city.secretary), pytest.raises(RecordNotFound):
        void_record(round_id=new_id(), record=held, reason="of another round")


def test_what_somebody_said_is_kept_while_held_only(city: SmallCity, round_: OpenRound) -> None:
    said = {"name": "甲"}
    good = record(city.residents[0], said=said)
    bad = record(None, said=said)
    record_batch(token=round_.tokens[0], records=[good, bad])
    with act_as(city.secretary):
        assert Specimen.objects.get(id=good.id).said is None
        assert Specimen.objects.get(id=bad.id).said == said


def twice(city: SmallCity, round_: OpenRound) -> list[UUID]:
    """The same person recorded at two tables: the ids, the first one's first."""
    sent = [record(city.residents[0]), record(city.residents[0], "LC0000000002")]
    for token, each in zip(round_.tokens, sent, strict=True):
        record_batch(token=token, records=[each])
    return [each.id for each in sent]


def standing(*ids: UUID) -> list[str]:
    found = {s.id: s for s in Specimen.objects.filter(id__in=ids)}
    return [found[i].state for i in ids]


def test_accepted_for_somebody_recorded_before_it_is_flagged_and_both_stay(
    city: SmallCity, round_: OpenRound, held: UUID
) -> None:
    first = record(city.residents[0])
    record_batch(token=round_.tokens[0], records=[first])
    with act_as(city.secretary):
        done = accept_record(
            round_id=round_.id, record=held, person=city.residents[0], tube="LC0000000002"
        )
        assert (done.state, done.code) == ("flagged", "person_already_recorded")
        assert Sampled.objects.get(round=round_.id).specimen == first.id
        shown = next(d for d in doubtful_records(round_.id) if d.record.id == held)
        assert shown.first is not None
        assert (shown.first.id, shown.first_table) == (first.id, 1)


def test_a_flagged_record_of_somebody_else_is_that_ones_first(
    city: SmallCity, round_: OpenRound
) -> None:
    _, second = twice(city, round_)
    with act_as(city.secretary):
        assert (
            accept_record(round_id=round_.id, record=second, person=city.residents[1]).state
            == "accepted"
        )
        assert Sampled.objects.filter(round=round_.id).count() == 2


def test_of_two_the_first_is_voided_and_the_other_counts(
    city: SmallCity, round_: OpenRound
) -> None:
    first, second = twice(city, round_)
    with act_as(city.secretary):
        void_record(round_id=round_.id, record=first, reason="shown by mistake")
        assert standing(first, second) == ["void", "accepted"]
        assert Sampled.objects.get(round=round_.id).specimen == second
        with pytest.raises(AlreadySettled):
            void_record(round_id=round_.id, record=second, reason="no clash any more")


def test_of_two_the_flagged_one_is_voided_and_the_first_stays(
    city: SmallCity, round_: OpenRound
) -> None:
    first, second = twice(city, round_)
    with act_as(city.secretary):
        void_record(round_id=round_.id, record=second, reason="not theirs")
        assert standing(first, second) == ["accepted", "void"]
        assert Sampled.objects.get(round=round_.id).specimen == first


def test_whoever_is_accepted_into_a_positive_tube_is_recalled_with_the_others(
    city: SmallCity, round_: OpenRound, held: UUID
) -> None:
    record_batch(token=round_.tokens[0], records=tube_of(city.residents[:2]))
    with act_as(city.headquarters):
        import_results(round_id=round_.id, rows=[ResultRow(2, TUBE, "positive")])
    with act_as(city.secretary):
        accept_record(round_id=round_.id, record=held, person=city.residents[5], tube=TUBE)
        recalled = Recall.objects.filter(round=round_.id)
        assert {r.person_id for r in recalled} == {city.residents[i] for i in (0, 1, 5)}
