"""Changes that a phone may not make: done at the desk, or let be, with a reason and an undo."""

from datetime import timedelta
from uuid import UUID

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.audit.queries import lines_about
from muster.apps.people.errors import NotAllowed
from muster.apps.screening.actions import (
    Record,
    ResultRow,
    SentChange,
    apply_change,
    dismiss_change,
    import_results,
    record_batch,
    reopen_change,
)
from muster.apps.screening.errors import (
    AlreadySettled,
    ChangeNotFound,
    NothingDecided,
    RecordNotFound,
    TubeCodeUnfit,
)
from muster.apps.screening.models import Change, Closing, Recall, Sampled, Specimen
from muster.apps.screening.queries.held import held_changes
from muster.kernel import clock
from muster.kernel.ids import new_id
from tests.support.city import OpenRound, SmallCity
from tests.support.records import TUBE, record, round_, tube_of

__all__ = ["round_"]

OTHER = "LC0000000002"


def changed(
    round_: OpenRound, of: Record | UUID, kind: str = "void", tube: str = "", phone: int = 1
) -> UUID:
    """A change sent by a phone (the second one: another's record); its id."""
    target = of if isinstance(of, UUID) else of.id
    sent = SentChange(new_id(), target, kind, clock.now(), tube, "说错了")
    record_batch(token=round_.tokens[phone], records=[], changes=[sent])
    return sent.id


@pytest.fixture
def mine(city: SmallCity, round_: OpenRound) -> Record:
    """A record of the first phone."""
    sent = record(city.residents[0])
    record_batch(token=round_.tokens[0], records=[sent])
    return sent


def test_another_phones_void_is_done_at_the_desk(
    city: SmallCity, round_: OpenRound, mine: Record
) -> None:
    change = changed(round_, mine)
    with act_as(city.secretary):
        (shown,) = held_changes(round_.id)
        assert (shown.change.code, shown.table, shown.name) == ("record_other_device", 2, "王一")
        assert shown.appliable
        apply_change(round_id=round_.id, change=change)
        assert Specimen.objects.get(id=mine.id).state == "void"
        assert not Sampled.objects.filter(round=round_.id).exists()
        assert held_changes(round_.id) == []
        assert [line.action for line in lines_about(change)] == ["change_applied"]
        with pytest.raises(AlreadySettled):
            apply_change(round_id=round_.id, change=change)


def test_a_move_into_a_tube_with_a_positive_result_recalls(
    city: SmallCity, round_: OpenRound, mine: Record
) -> None:
    record_batch(token=round_.tokens[0], records=tube_of(city.residents[1:3], OTHER))
    with act_as(city.headquarters):
        import_results(round_id=round_.id, rows=[ResultRow(2, OTHER, "positive")])
    change = changed(round_, mine, "move", OTHER, phone=0)
    with act_as(city.secretary):
        (shown,) = held_changes(round_.id)
        assert (shown.change.code, shown.target_result) == ("tube_resulted", "positive")
        apply_change(round_id=round_.id, change=change)
        moved = Specimen.objects.get(id=mine.id)
        assert (moved.tube, moved.state) == (OTHER, "accepted")
        assert Recall.objects.filter(person=city.residents[0]).exists()


def test_a_move_of_a_held_record_makes_it_count(city: SmallCity, round_: OpenRound) -> None:
    sent = record(city.residents[0], "bad")
    record_batch(token=round_.tokens[0], records=[sent])
    change = changed(round_, sent, "move", "worse", phone=0)
    with act_as(city.secretary):
        with pytest.raises(TubeCodeUnfit):
            apply_change(round_id=round_.id, change=change)
        apply_change(round_id=round_.id, change=change, tube=f" {TUBE.lower()} ")
        assert Specimen.objects.get(id=sent.id).state == "accepted"
        assert Change.objects.get(id=change).tube == TUBE


def test_a_move_compares_closings_again(city: SmallCity, round_: OpenRound, mine: Record) -> None:
    from muster.apps.screening.actions import SentClosing

    closing = SentClosing(new_id(), OTHER, 1, clock.now())
    record_batch(token=round_.tokens[0], records=[], closings=[closing])
    change = changed(round_, mine, "move", OTHER)
    with act_as(city.secretary):
        assert Closing.objects.get(id=closing.id).state == "waiting"
        apply_change(round_id=round_.id, change=change)
        assert Closing.objects.get(id=closing.id).state == "accepted"


def test_one_whose_record_never_came_is_shown_after_the_policys_hours(
    city: SmallCity, round_: OpenRound
) -> None:
    lost = record(city.residents[0])
    change = changed(round_, lost, phone=0)
    with act_as(city.secretary):
        assert held_changes(round_.id) == []
        with clock.travel(clock.now() + timedelta(hours=2, minutes=1)):
            (shown,) = held_changes(round_.id)
            assert (shown.record, shown.change.state, shown.appliable) == (None, "waiting", False)
            with pytest.raises(RecordNotFound):
                apply_change(round_id=round_.id, change=change)
            dismiss_change(round_id=round_.id, change=change, reason="phone broken")
            assert held_changes(round_.id) == []
    record_batch(token=round_.tokens[0], records=[lost])  # it comes after all
    with act_as(city.secretary):
        assert Specimen.objects.get(id=lost.id).state == "accepted"


def test_let_be_with_a_reason_and_taken_back(
    city: SmallCity, round_: OpenRound, mine: Record
) -> None:
    change = changed(round_, mine)
    with act_as(city.secretary):
        dismiss_change(round_id=round_.id, change=change, reason="the swab is good")
        assert held_changes(round_.id) == []
        assert lines_about(change)[0].detail == {"reason": "the swab is good"}
        with pytest.raises(AlreadySettled):
            apply_change(round_id=round_.id, change=change)
        reopen_change(round_id=round_.id, change=change)
        assert len(held_changes(round_.id)) == 1
        apply_change(round_id=round_.id, change=change)
        with pytest.raises(NothingDecided):
            reopen_change(round_id=round_.id, change=change)  # what was done stays done
        assert Change.objects.get(id=change).settled_at is not None


def test_only_who_settles_here(city: SmallCity, round_: OpenRound, mine: Record) -> None:
    change = changed(round_, mine)
    with act_as(city.other_secretary), pytest.raises(ChangeNotFound):
        apply_change(round_id=round_.id, change=change)
    with act_as(city.headquarters), pytest.raises(NotAllowed):
        dismiss_change(round_id=round_.id, change=change, reason="x")
    with act_as(city.secretary), pytest.raises(ChangeNotFound):
        reopen_change(round_id=round_.id, change=new_id())
