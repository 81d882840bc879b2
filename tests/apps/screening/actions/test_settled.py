"""What was settled at the desk is taken back by its decision: once, by one, who may.

How a decision is kept and ended is in `muster.apps.screening.actions.deciding`."""

from uuid import UUID

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.audit.errors import RemarkHoldsNumber
from muster.apps.people.errors import NotAllowed
from muster.apps.screening.actions import (
    accept_record,
    apply_change,
    apply_closing,
    dismiss_change,
    dismiss_closing,
    dismiss_visit,
    import_results,
    record_batch,
    reopen_change,
    take_visits,
    undo_settled,
    void_record,
)
from muster.apps.screening.actions.deciding import refuse
from muster.apps.screening.actions.results import ResultRow
from muster.apps.screening.actions.settled import forget_words
from muster.apps.screening.errors import (
    DecidedSince,
    DecisionNotFound,
    NothingDecided,
    TakenBackAlready,
    TubeCodeUnfit,
)
from muster.apps.screening.models import Change, Closing, Decision, Specimen, Visit
from muster.kernel.ids import new_id
from tests.apps.screening.actions.test_held_changes import changed
from tests.apps.screening.actions.test_held_closings import closed
from tests.support.city import OpenRound, SmallCity
from tests.support.records import TUBE, record, round_, tube_of
from tests.support.visits import visit

__all__ = ["round_"]
OTHER = "LC0000000002"


def last() -> Decision:
    return Decision.objects.order_by("-made_at")[0]


def visitor(round_: OpenRound) -> UUID:
    """A held record of somebody whom the phone could not name."""
    sent = record(None, said={"name": "访客", "door": "1-1-101"})
    record_batch(token=round_.tokens[0], records=[sent])
    return sent.id


def test_each_kind_is_taken_back_by_its_decision(city: SmallCity, round_: OpenRound) -> None:
    records = tube_of(city.residents[:3])
    record_batch(token=round_.tokens[0], records=records)
    change, left = changed(round_, records[0]), changed(round_, records[1])
    done, closing = closed(round_, TUBE, 2), closed(round_, "L1", 3)
    word = visit(new_id())
    take_visits(token=round_.tokens[1], visits=[word])
    with act_as(city.secretary):
        apply_closing(round_id=round_.id, closing=done)
        undo_settled(decision=last().id)
        assert Closing.objects.get(id=done).state == "held"
        dismiss_closing(round_id=round_.id, closing=closing, reason="x")
        undo_settled(decision=last().id)
        dismiss_visit(round_id=round_.id, visit=word.id, reason="x")
        undo_settled(decision=last().id)
        dismiss_change(round_id=round_.id, change=left, reason="x")
        assert last().after == {"person": str(city.residents[1])}
        undo_settled(decision=last().id)
        apply_change(round_id=round_.id, change=change)
        undone = undo_settled(decision=last().id)
        assert (undone.ended, undone.ended_by) == ("undone", city.secretary.name)
        assert not Closing.objects.exclude(settled_at=None).exists()
        assert not Change.objects.exclude(settled_at=None).exists()
        assert not Visit.objects.exclude(settled_at=None).exists()
        assert Specimen.objects.get(id=records[0].id).state == "accepted"
        assert Decision.objects.filter(ended="undone").count() == 5


def test_twice_is_refused_and_so_is_what_was_decided_anew(
    city: SmallCity, round_: OpenRound
) -> None:
    held = visitor(round_)
    with act_as(city.secretary):
        accept_record(round_id=round_.id, record=held, person=city.residents[0])
        first = last().id
        undo_settled(decision=first)
        with pytest.raises(TakenBackAlready):
            undo_settled(decision=first)
        void_record(round_id=round_.id, record=held, reason="x")
        with pytest.raises(TakenBackAlready):  # the new decision is somebody else's and stays
            undo_settled(decision=first)
        assert Specimen.objects.get(id=held).state == "void"
        with pytest.raises(DecisionNotFound):
            undo_settled(decision=new_id())


def test_only_the_last_decision_keeps_what_was_said(city: SmallCity, round_: OpenRound) -> None:
    one = record(city.residents[0])
    record_batch(token=round_.tokens[0], records=[one])
    held = visitor(round_)
    with act_as(city.secretary):
        accept_record(round_id=round_.id, record=held, person=city.residents[0])
        made = last()
        assert Specimen.objects.get(id=held).state == "flagged"
        assert made.before["said"] == {"name": "访客", "door": "1-1-101"}
        void_record(round_id=round_.id, record=held, reason="x")
        made.refresh_from_db()
        assert (made.ended, made.before) == ("replaced", {})
        with pytest.raises(DecidedSince):
            undo_settled(decision=made.id)


def test_of_two_at_once_one_finds_it_taken_back(city: SmallCity, round_: OpenRound) -> None:
    """Both have looked at it; the second waits for the row and then sees what the first did."""
    records = tube_of(city.residents[:1])
    record_batch(token=round_.tokens[0], records=records)
    change = changed(round_, records[0])
    with act_as(city.secretary):
        dismiss_change(round_id=round_.id, change=change, reason="x")
        seen = last().id
        reopen_change(round_id=round_.id, change=change)
        with pytest.raises(TakenBackAlready):
            reopen_change(round_id=round_.id, change=change, decision=seen)
        with pytest.raises(NothingDecided):
            reopen_change(round_id=round_.id, change=change)


def test_one_who_looked_before_the_other_was_done_hears_the_same(
    city: SmallCity, round_: OpenRound
) -> None:
    """The decision was read before the other took it back, what hangs on it after."""
    one, two = record(city.residents[0]), record(city.residents[0])
    record_batch(token=round_.tokens[0], records=[one])
    record_batch(token=round_.tokens[0], records=[two])
    with act_as(city.secretary):
        void_record(round_id=round_.id, record=one.id, reason="x")
        early = last()
        undo_settled(decision=early.id)
        with pytest.raises(TakenBackAlready):
            refuse(early)


def test_words_go_when_nothing_can_be_taken_back(city: SmallCity, round_: OpenRound) -> None:
    held, other = visitor(round_), visitor(round_)
    with act_as(city.secretary):
        void_record(round_id=round_.id, record=held, reason="x")
        made = last()
        accept_record(round_id=round_.id, record=other, person=city.residents[0], tube=OTHER)
        kept = last()
    with as_system("test"):
        assert forget_words() == 0, "both can still be taken back"
    with act_as(city.headquarters):
        import_results(round_id=round_.id, rows=[ResultRow(2, OTHER, "negative")])
    with as_system("test"):
        assert forget_words() == 1
        assert forget_words() == 0
    with act_as(city.secretary):
        kept.refresh_from_db()
        assert kept.before["said"] is None
        undo_settled(decision=made.id)
        assert Specimen.objects.get(id=held).said == {"name": "访客", "door": "1-1-101"}


def test_only_who_settles_here(city: SmallCity, round_: OpenRound) -> None:
    held = visitor(round_)
    with act_as(city.secretary):
        void_record(round_id=round_.id, record=held, reason="x")
        made = last().id
    with act_as(city.headquarters), pytest.raises(NotAllowed):
        undo_settled(decision=made)
    with act_as(city.other_secretary), pytest.raises((DecisionNotFound, NotAllowed)):
        undo_settled(decision=made)


def test_what_is_typed_is_no_number_of_anybody(city: SmallCity, round_: OpenRound) -> None:
    held = visitor(round_)
    with act_as(city.secretary):
        with pytest.raises(RemarkHoldsNumber):
            void_record(round_id=round_.id, record=held, reason="打13900000001核实")
        with pytest.raises(TubeCodeUnfit):
            accept_record(
                round_id=round_.id, record=held, person=city.residents[0], tube="13900000001"
            )
        assert Specimen.objects.get(id=held).state == "held"
        accept_record(round_id=round_.id, record=held, person=city.residents[0], tube=OTHER)
        assert (last().tube, last().reason) == (OTHER, "")
