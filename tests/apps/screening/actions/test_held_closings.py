"""Closings that a phone may not make: the tube is closed at the desk, or it is let be."""

from uuid import UUID

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.audit.queries import lines_about
from muster.apps.people.errors import NotAllowed
from muster.apps.screening.actions import (
    SentClosing,
    apply_closing,
    dismiss_closing,
    record_batch,
    reopen_closing,
    undo_closing,
)
from muster.apps.screening.errors import (
    AlreadySettled,
    ClosedSince,
    ClosingNotFound,
    NothingDecided,
    ResultedSince,
    TubeCodeUnfit,
)
from muster.apps.screening.models import Closing, Tube
from muster.apps.screening.queries.held import held_closings
from muster.kernel import clock
from muster.kernel.ids import new_id
from tests.support.city import OpenRound, SmallCity
from tests.support.records import TUBE, record, round_, tube_of

__all__ = ["round_"]


def closed(round_: OpenRound, tube: str, count: int, phone: int = 1) -> UUID:
    """A closing by the phone of the other table; its id."""
    sent = SentClosing(new_id(), tube, count, clock.now(), reason="没人了")
    record_batch(token=round_.tokens[phone], records=[], closings=[sent])
    return sent.id


def test_another_tables_tube_is_closed_at_the_desk(city: SmallCity, round_: OpenRound) -> None:
    record_batch(token=round_.tokens[0], records=tube_of(city.residents[:2]))
    closing = closed(round_, TUBE, 2)
    with act_as(city.secretary):
        (shown,) = held_closings(round_.id)
        assert (shown.closing.code, shown.table, shown.found) == ("tube_other_table", 2, 2)
        done = apply_closing(round_id=round_.id, closing=closing)
        assert done.state == "accepted"
        tube = Tube.objects.get(code=TUBE)
        assert (tube.counted, tube.note) == (2, "")
        assert tube.closed_at is not None
        assert held_closings(round_.id) == []
        assert [line.action for line in lines_about(closing)] == ["closing_applied"]
        with pytest.raises(AlreadySettled):
            apply_closing(round_id=round_.id, closing=closing)


def test_a_misread_code_is_mended(city: SmallCity, round_: OpenRound) -> None:
    record_batch(token=round_.tokens[1], records=[record(city.residents[0])])
    closing = closed(round_, "L1", 3)
    with act_as(city.secretary):
        with pytest.raises(TubeCodeUnfit):
            apply_closing(round_id=round_.id, closing=closing)
        done = apply_closing(round_id=round_.id, closing=closing, tube=TUBE)
        assert (done.tube, done.state) == (TUBE, "waiting")  # two swabs are still to be bound


def test_a_count_that_differs_is_explained(city: SmallCity, round_: OpenRound) -> None:
    record_batch(token=round_.tokens[1], records=tube_of(city.residents[:3]))
    closing = closed(round_, TUBE, 2)
    with act_as(city.secretary):
        (shown,) = held_closings(round_.id)
        assert (shown.closing.code, shown.closing.count, shown.found) == ("count_differs", 2, 3)
        with pytest.raises(AlreadySettled):
            apply_closing(round_id=round_.id, closing=closing)
        dismiss_closing(round_id=round_.id, closing=closing, reason="counted again: three")
        assert held_closings(round_.id) == []
        assert lines_about(closing)[0].detail == {"reason": "counted again: three"}
        reopen_closing(round_id=round_.id, closing=closing)
        assert len(held_closings(round_.id)) == 1
        assert Closing.objects.get(id=closing).settled_by == ""


def test_a_closing_done_at_the_desk_is_taken_back(city: SmallCity, round_: OpenRound) -> None:
    record_batch(token=round_.tokens[0], records=tube_of(city.residents[:3]))
    own = closed(round_, TUBE, 4, phone=0)
    closing = closed(round_, TUBE, 3)
    before = Tube.objects.values().get(code=TUBE)
    with act_as(city.secretary):
        apply_closing(round_id=round_.id, closing=closing)
        assert Tube.objects.get(code=TUBE).counted == 3
        found = undo_closing(round_id=round_.id, closing=closing)
        assert (found.state, found.code, found.settled_at) == ("held", "tube_other_table", None)
        assert Tube.objects.values().get(code=TUBE) == before, "closed by its own phone with four"
        assert Closing.objects.get(id=own).state == "waiting"
        assert [shown.closing.id for shown in held_closings(round_.id)] == [closing]
        actions = [line.action for line in lines_about(closing)]
        assert sorted(actions) == ["closing_applied", "closing_undone"]
        with pytest.raises(NothingDecided):
            undo_closing(round_id=round_.id, closing=closing)
        assert apply_closing(round_id=round_.id, closing=closing).state == "accepted"


def test_a_mended_code_is_taken_back_and_its_tube_left_open(
    city: SmallCity, round_: OpenRound
) -> None:
    closing = closed(round_, "L1", 3)
    with act_as(city.secretary):
        apply_closing(round_id=round_.id, closing=closing, tube=TUBE)
        found = undo_closing(round_id=round_.id, closing=closing)
        assert (found.tube, found.code) == ("L1", "tube_code_malformed")
        tube = Tube.objects.get(code=TUBE)
        assert (tube.closed_at, tube.closed_by, tube.counted, tube.note) == (None, None, None, "")


def test_nothing_is_taken_back_from_a_tube_that_went_on(city: SmallCity, round_: OpenRound) -> None:
    record_batch(token=round_.tokens[0], records=tube_of(city.residents[:2]))
    closing = closed(round_, TUBE, 2)
    with act_as(city.secretary):
        apply_closing(round_id=round_.id, closing=closing)
    Tube.objects.filter(code=TUBE).update(resulted_at=clock.now(), result="negative")
    with act_as(city.secretary), pytest.raises(ResultedSince):
        undo_closing(round_id=round_.id, closing=closing)
    Tube.objects.filter(code=TUBE).update(resulted_at=None, result="")
    closed(round_, TUBE, 2, phone=0)
    with act_as(city.secretary), pytest.raises(ClosedSince):
        undo_closing(round_id=round_.id, closing=closing)
    with act_as(city.other_secretary), pytest.raises(ClosingNotFound):
        undo_closing(round_id=round_.id, closing=closing)


def test_only_who_settles_here(city: SmallCity, round_: OpenRound) -> None:
    closing = closed(round_, "L1", 2)
    with act_as(city.headquarters), pytest.raises(NotAllowed):
        dismiss_closing(round_id=round_.id, closing=closing, reason="x")
    with act_as(city.secretary), pytest.raises(ClosingNotFound):
        apply_closing(round_id=round_.id, closing=new_id())
