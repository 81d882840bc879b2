"""Words from doors from which nothing follows are seen at the desk, let be, and taken up again."""

from datetime import timedelta
from uuid import UUID

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.audit.queries import lines_about
from muster.apps.people.errors import NotAllowed
from muster.apps.screening.actions import dismiss_visit, reopen_visit, take_visits
from muster.apps.screening.errors import AlreadySettled, VisitNotFound
from muster.apps.screening.models import Visit
from muster.apps.screening.queries.held import held_visits
from muster.kernel import clock
from muster.kernel.ids import new_id
from tests.support.city import OpenRound, SmallCity
from tests.support.records import round_
from tests.support.visits import undo, visit

__all__ = ["round_"]


@pytest.fixture
def nobody(city: SmallCity, round_: OpenRound) -> UUID:
    """A word about somebody whom the roll does not know."""
    word = visit(new_id(), "refused", note="新搬来的")
    take_visits(token=round_.tokens[1], visits=[word])
    return word.id


def test_who_said_what_and_why_it_is_held(city: SmallCity, round_: OpenRound, nobody: UUID) -> None:
    good = visit(city.residents[30])
    take_visits(token=round_.tokens[0], visits=[good, visit(city.strangers[0])])
    take_visits(token=round_.tokens[1], visits=[undo(good)])
    with act_as(city.secretary):
        shown = [
            (x.visit.outcome, x.visit.code, x.visit.note, x.table, bool(x.name), x.undone)
            for x in held_visits(round_.id)
        ]
    assert shown == [
        ("refused", "person_unknown", "新搬来的", 2, False, ""),
        ("away", "person_other_community", "", 1, False, ""),
        ("undo", "visit_other_device", "", 2, True, "away"),
    ]


def test_let_be_with_a_reason_and_taken_back(
    city: SmallCity, round_: OpenRound, nobody: UUID
) -> None:
    with act_as(city.secretary):
        dismiss_visit(round_id=round_.id, visit=nobody, reason=" a guest ")
        assert held_visits(round_.id) == []
        assert lines_about(nobody)[0].detail == {"reason": "a guest"}
        assert Visit.objects.get(id=nobody).state == "held"
        with pytest.raises(AlreadySettled):
            dismiss_visit(round_id=round_.id, visit=nobody, reason="again")
        reopen_visit(round_id=round_.id, visit=nobody)
        assert len(held_visits(round_.id)) == 1


def test_its_receipt_stays_as_it_was(city: SmallCity, round_: OpenRound) -> None:
    word = visit(new_id())
    before = take_visits(token=round_.tokens[1], visits=[word])
    with act_as(city.secretary):
        dismiss_visit(round_id=round_.id, visit=word.id, reason="x")
    assert take_visits(token=round_.tokens[1], visits=[word]) == before


def test_only_held_ones_and_only_who_settles_here(
    city: SmallCity, round_: OpenRound, nobody: UUID
) -> None:
    good = visit(city.residents[30])
    take_visits(token=round_.tokens[0], visits=[good])
    with act_as(city.other_secretary), pytest.raises(VisitNotFound):
        dismiss_visit(round_id=round_.id, visit=nobody, reason="x")
    with act_as(city.headquarters), pytest.raises(NotAllowed):
        reopen_visit(round_id=round_.id, visit=nobody)
    with act_as(city.secretary), pytest.raises(VisitNotFound):
        dismiss_visit(round_id=round_.id, visit=good.id, reason="x")
    with act_as(city.secretary), pytest.raises(VisitNotFound):
        dismiss_visit(round_id=new_id(), visit=nobody, reason="x")


def test_taken_back_before_it_was_said(city: SmallCity, round_: OpenRound) -> None:
    """Shown when the word is late; let be, it takes nothing back when the word comes after all."""
    good = visit(city.residents[30])
    back = undo(good)
    with clock.travel(clock.now() - timedelta(hours=3)):
        take_visits(token=round_.tokens[0], visits=[back])
    with act_as(city.secretary):
        assert [x.visit.id for x in held_visits(round_.id)] == [back.id]
        dismiss_visit(round_id=round_.id, visit=back.id, reason="lost phone")
        assert held_visits(round_.id) == []
    take_visits(token=round_.tokens[0], visits=[good])
    assert Visit.objects.get(id=good.id).state == "accepted"
    assert Visit.objects.get(id=back.id).state == "waiting"


def test_taken_back_a_moment_ago_is_not_shown(city: SmallCity, round_: OpenRound) -> None:
    take_visits(token=round_.tokens[0], visits=[undo(visit(city.residents[30]))])
    with act_as(city.secretary):
        assert held_visits(round_.id) == []
