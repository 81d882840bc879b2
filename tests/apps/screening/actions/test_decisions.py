"""What the desk decided about a record is taken back: it counts as it did, or it is said why not.

The statement that gives a first place back is in
`muster.apps.screening.actions.records.first`."""

from datetime import timedelta
from uuid import UUID

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.audit.queries import lines_about
from muster.apps.people.errors import NotAllowed
from muster.apps.screening.actions import (
    ResultRow,
    accept_record,
    apply_change,
    import_results,
    record_batch,
    undo_change,
    undo_decision,
    void_record,
)
from muster.apps.screening.errors import (
    DecidedSince,
    NothingDecided,
    RecalledSince,
    ResultedSince,
)
from muster.apps.screening.models import Change, Closing, Decision, Sampled, Specimen
from muster.apps.screening.queries.held import held_changes
from muster.apps.screening.queries.settled import described, settled_within
from muster.kernel.ids import new_id
from tests.apps.screening.actions.records.steps import closing
from tests.apps.screening.actions.test_held_changes import OTHER, changed
from tests.support.city import HERE, OpenRound, SmallCity
from tests.support.records import TUBE, record, round_, tube_of

__all__ = ["round_"]


def taken(city: SmallCity, round_: OpenRound, tube: str = TUBE, phone: int = 0) -> UUID:
    """The first resident's record from a phone."""
    sent = record(city.residents[0], tube)
    record_batch(token=round_.tokens[phone], records=[sent])
    return sent.id


def state(record: UUID) -> tuple[str, str]:
    found = Specimen.objects.get(id=record)
    return found.state, found.code


def first(round_: OpenRound) -> UUID | None:
    return Sampled.objects.filter(round=round_.id).values_list("specimen", flat=True).first()


def test_an_accepted_record_waits_again_with_what_it_said(
    city: SmallCity, round_: OpenRound
) -> None:
    sent = record(None, "lc1", said={"name": "访客", "door": "1-1-101"})
    record_batch(token=round_.tokens[0], records=[sent])
    with act_as(city.secretary):
        was = state(sent.id)
        accept_record(round_id=round_.id, record=sent.id, person=city.residents[0], tube=TUBE)
        (shown,) = described(settled_within(low=HERE, high=HERE))
        assert (shown.decision.specimen, shown.name, shown.bar) == (sent.id, "王一", "")
        undone = undo_decision(round_id=round_.id, record=sent.id)
        assert (undone.person, undone.tube, undone.settled_at) == (None, "lc1", None)
        found = Specimen.objects.get(id=sent.id)
        assert found.said == {"name": "访客", "door": "1-1-101"}
        assert state(sent.id) == was
        assert first(round_) is None
        assert lines_about(sent.id)[0].action == "decision_undone"
        made = Decision.objects.get()
        assert (made.ended, made.ended_by, made.before) == ("undone", city.secretary.name, {})
        assert made.after == {"person": str(city.residents[0])}, "its words are forgotten"
        with pytest.raises(NothingDecided):
            undo_decision(round_id=round_.id, record=sent.id)
        accept_record(round_id=round_.id, record=sent.id, person=city.residents[0], tube=TUBE)
        assert first(round_) == sent.id


def test_the_first_is_the_first_again_and_the_other_flagged(
    city: SmallCity, round_: OpenRound
) -> None:
    one, two = taken(city, round_), taken(city, round_, OTHER, phone=1)
    with act_as(city.secretary):
        flagged = state(two)
        assert flagged[0] == "flagged"
        void_record(round_id=round_.id, record=one, reason="x")
        assert (state(two), first(round_)) == (("accepted", ""), two)
        undo_decision(round_id=round_.id, record=one)
        assert (state(one), state(two), first(round_)) == (("accepted", ""), flagged, one)


def test_the_flagged_one_is_flagged_again(city: SmallCity, round_: OpenRound) -> None:
    one, two = taken(city, round_), taken(city, round_, OTHER, phone=1)
    with act_as(city.secretary):
        flagged = state(two)
        void_record(round_id=round_.id, record=two, reason="x")
        undo_decision(round_id=round_.id, record=two)
        assert (state(one), state(two), first(round_)) == (("accepted", ""), flagged, one)


def test_whoever_came_since_is_flagged_beside_it(city: SmallCity, round_: OpenRound) -> None:
    one, two = taken(city, round_), taken(city, round_, OTHER, phone=1)
    with act_as(city.secretary):
        void_record(round_id=round_.id, record=two, reason="x")
        Specimen.objects.filter(id=two).update(settled_at=None)
        accept = changed(round_, one)
        apply_change(round_id=round_.id, change=accept)
        assert first(round_) is None
    third = taken(city, round_, OTHER, phone=1)
    with act_as(city.secretary):
        assert first(round_) == third
        undo_change(round_id=round_.id, change=accept)
        assert first(round_) == one
        assert state(third) == ("flagged", "person_already_recorded")
        assert [held.change.id for held in held_changes(round_.id)] == [accept]


def test_an_applied_void_waits_again_and_is_counted(city: SmallCity, round_: OpenRound) -> None:
    records = tube_of(city.residents[:3])
    sent = closing(3)
    record_batch(token=round_.tokens[0], records=records, closings=[sent])
    change = changed(round_, records[0])
    with act_as(city.secretary):
        was = Change.objects.get(id=change)
        apply_change(round_id=round_.id, change=change)
        assert Closing.objects.get(id=sent.id).state == "waiting"
        undo_change(round_id=round_.id, change=change)
        now = Change.objects.get(id=change)
        assert (now.state, now.code, now.settled_at) == (was.state, was.code, None)
        assert state(records[0].id) == ("accepted", "")
        assert Closing.objects.get(id=sent.id).state == "accepted"
        with pytest.raises(NothingDecided):
            undo_change(round_id=round_.id, change=change)
        apply_change(round_id=round_.id, change=change)


def test_a_move_goes_back(city: SmallCity, round_: OpenRound) -> None:
    one = taken(city, round_)
    change = changed(round_, one, "move", "bad")
    with act_as(city.secretary):
        apply_change(round_id=round_.id, change=change, tube=OTHER)
        assert Specimen.objects.get(id=one).tube == OTHER
        undo_change(round_id=round_.id, change=change)
        assert Specimen.objects.get(id=one).tube == TUBE
        assert Change.objects.get(id=change).tube == "BAD" or (
            Change.objects.get(id=change).tube == "bad"
        )
        assert first(round_) == one


def test_not_after_a_result_or_a_recall(city: SmallCity, round_: OpenRound) -> None:
    one = taken(city, round_)
    record_batch(token=round_.tokens[0], records=tube_of(city.residents[1:3], OTHER))
    change = changed(round_, one, "move", OTHER, phone=1)
    with act_as(city.headquarters):
        import_results(round_id=round_.id, rows=[ResultRow(2, OTHER, "positive")])
    with act_as(city.secretary):
        apply_change(round_id=round_.id, change=change)
        with pytest.raises(RecalledSince):
            undo_change(round_id=round_.id, change=change)
        assert Specimen.objects.get(id=one).tube == OTHER


def test_not_after_the_result_of_its_tube(city: SmallCity, round_: OpenRound) -> None:
    one, _ = taken(city, round_), taken(city, round_, OTHER, phone=1)
    with act_as(city.secretary):
        void_record(round_id=round_.id, record=one, reason="x")
    with act_as(city.headquarters):
        import_results(round_id=round_.id, rows=[ResultRow(2, TUBE, "negative")])
    with act_as(city.secretary), pytest.raises(ResultedSince):
        undo_decision(round_id=round_.id, record=one)


def test_not_when_it_was_decided_otherwise_since(city: SmallCity, round_: OpenRound) -> None:
    one, two = taken(city, round_), taken(city, round_, OTHER, phone=1)
    with act_as(city.secretary):
        void_record(round_id=round_.id, record=one, reason="x")
        Specimen.objects.filter(id=two).update(
            settled_at=Decision.objects.get().made_at + timedelta(seconds=1)
        )
        with pytest.raises(DecidedSince):
            undo_decision(round_id=round_.id, record=one)
        Specimen.objects.filter(id=one).update(tube=OTHER)
        with pytest.raises(DecidedSince):
            undo_decision(round_id=round_.id, record=one)


def test_others_cannot(city: SmallCity, round_: OpenRound) -> None:
    one, _ = taken(city, round_), taken(city, round_, OTHER, phone=1)
    with act_as(city.secretary):
        void_record(round_id=round_.id, record=one, reason="x")
        with pytest.raises(NothingDecided):
            undo_decision(round_id=round_.id, record=new_id())
    with act_as(city.other_secretary), pytest.raises((NothingDecided, NotAllowed)):
        undo_decision(round_id=round_.id, record=one)
