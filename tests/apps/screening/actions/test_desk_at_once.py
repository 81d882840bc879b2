"""Somebody at the desk decides while what it is about arrives, or while a colleague does the same:
on two connections, and with the second one seeing what the first has done."""

from datetime import timedelta

from muster.apps.audit.actions import act_as
from muster.apps.audit.queries import lines_about
from muster.apps.screening.actions import (
    Record,
    ResultRow,
    SentChange,
    dismiss_change,
    dismiss_visit,
    import_results,
    match_result,
    open_box,
    pack_tube,
    record_batch,
    take_out,
    take_visits,
    undo_closing,
)
from muster.apps.screening.actions.held_closings import apply_closing
from muster.apps.screening.errors import BoxNotFound, TubeResulted
from muster.apps.screening.models import Change, Closing, Result, Specimen, Visit
from muster.kernel import clock
from muster.kernel.ids import new_id
from tests.apps.screening.actions.records.steps import closing
from tests.apps.screening.actions.test_held_closings import closed
from tests.support.at_once import meanwhile
from tests.support.city import OpenRound, SmallCity
from tests.support.records import TUBE, night, record
from tests.support.visits import undo, visit

__all__ = ["night"]


def test_a_change_let_be_stays_so_when_its_record_arrives(
    night: tuple[SmallCity, OpenRound],
) -> None:
    city, round_ = night
    late: Record = record(city.residents[0])
    sent = SentChange(new_id(), late.id, "void", clock.now(), reason="说错了")
    record_batch(token=round_.tokens[0], records=[], changes=[sent])

    def let_be() -> None:
        with act_as(city.secretary):
            dismiss_change(round_id=round_.id, change=sent.id, reason="x")

    meanwhile(let_be, lambda: record_batch(token=round_.tokens[0], records=[late]))
    with act_as(city.secretary):
        assert Change.objects.get().state == "waiting"
        assert Specimen.objects.get().state == "accepted"


def test_an_undoing_let_be_stays_so_when_its_word_arrives(
    night: tuple[SmallCity, OpenRound],
) -> None:
    city, round_ = night
    word = visit(city.residents[0])
    back = undo(word)
    with clock.travel(clock.now() - timedelta(hours=3)):
        take_visits(token=round_.tokens[0], visits=[back])

    def let_be() -> None:
        with act_as(city.secretary):
            dismiss_visit(round_id=round_.id, visit=back.id, reason="x")

    meanwhile(let_be, lambda: take_visits(token=round_.tokens[0], visits=[word]))
    with act_as(city.secretary):
        assert Visit.objects.get(id=back.id).state == "waiting"
        assert Visit.objects.get(id=word.id).state == "accepted"


def test_a_tube_is_taken_out_of_its_box_once(night: tuple[SmallCity, OpenRound]) -> None:
    city, round_ = night
    with act_as(city.secretary):
        box = open_box(round_id=round_.id, code="B1")
        packed = pack_tube(box=box.id, tube=TUBE)

    def out() -> str:
        with act_as(city.secretary):
            try:
                return take_out(packed=packed.id).tube
            except BoxNotFound as error:
                return error.code

    assert meanwhile(out, out) == [TUBE, BoxNotFound.code]
    with act_as(city.secretary):
        actions = [line.action for line in lines_about(box.id)]
        assert actions.count("tube_taken_out") == 1


def test_a_result_is_not_matched_to_a_tube_that_has_just_got_its_own(
    night: tuple[SmallCity, OpenRound],
) -> None:
    city, round_ = night
    record_batch(token=round_.tokens[0], records=[record(city.residents[0])])

    def results(*rows: tuple[str, str]) -> int:
        with act_as(city.headquarters):
            sent = [ResultRow(2, tube, value) for tube, value in rows]
            return import_results(round_id=round_.id, rows=sent).recalls

    results(("QQ7", "negative"))
    with act_as(city.headquarters):
        stray = Result.objects.get().id

    def match() -> str:
        with act_as(city.headquarters):
            try:
                return str(match_result(result=stray, tube=TUBE).applied)
            except TubeResulted as error:
                return error.code

    assert meanwhile(lambda: results((TUBE, "positive")), match) == [1, TubeResulted.code]
    with act_as(city.headquarters):
        assert Result.objects.get(id=stray).state == "waiting"
        assert Result.objects.count() == 2


def test_a_closing_taken_back_while_a_phone_closes_the_tube_again(
    night: tuple[SmallCity, OpenRound],
) -> None:
    """Both need the tube and the closing: in the same order, so that one waits for the other."""
    city, round_ = night
    record_batch(token=round_.tokens[0], records=[record(city.residents[0])])
    held = closed(round_, TUBE, 1)
    with act_as(city.secretary):
        apply_closing(round_id=round_.id, closing=held)

    def back() -> None:
        with act_as(city.secretary):
            undo_closing(round_id=round_.id, closing=held)

    again = closing(1)
    meanwhile(back, lambda: record_batch(token=round_.tokens[0], records=[], closings=[again]))
    with act_as(city.secretary):
        assert Closing.objects.get(id=held).state == "held"
        assert Closing.objects.get(id=again.id).state == "accepted"
