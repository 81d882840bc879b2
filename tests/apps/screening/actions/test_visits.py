"""What phones found at doors: once, in any order, every word kept, one of them holds.

`muster.apps.screening.actions.visits`, `muster.apps.screening.actions.findings`.
"""

from datetime import date
from uuid import uuid4

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.screening.actions import (
    Record,
    SentVisit,
    forget_absence,
    note_absence,
    record_batch,
    revoke_device,
    take_visits,
)
from muster.apps.screening.actions.findings import words_about
from muster.apps.screening.errors import DeviceRefused
from muster.apps.screening.models import Absence, Visit
from muster.kernel import clock
from muster.kernel.ids import new_id
from tests.support.city import OpenRound, SmallCity
from tests.support.records import round_
from tests.support.visits import undo, visit

__all__ = ["round_"]


def told(round_: OpenRound, phone: int, *visits: SentVisit) -> list[str]:
    receipts = take_visits(token=round_.tokens[phone], visits=visits)
    assert [r.id for r in receipts] == [v.id for v in visits]
    return [f"{r.state}:{r.code}".rstrip(":") for r in receipts]


def holds(city: SmallCity, n: int) -> str:
    with act_as(city.secretary):
        found = Absence.objects.filter(person=city.residents[n]).first()
        return found.outcome if found else ""


def test_a_word_is_taken_once_and_holds(city: SmallCity, round_: OpenRound) -> None:
    away = visit(city.residents[30], until=date(2022, 4, 9), note=" 回老家 ")
    assert told(round_, 0, away, away) == ["accepted", "accepted"]
    first = take_visits(token=round_.tokens[0], visits=[away])
    assert take_visits(token=round_.tokens[0], visits=[away]) == first
    with act_as(city.secretary):
        assert Visit.objects.count() == 1
        kept = Absence.objects.get()
        assert (kept.outcome, kept.until, kept.note) == ("away", date(2022, 4, 9), "回老家")
        assert kept.by == f"device:{round_.devices[0]}"


def test_taken_back_in_one_batch_later_and_before(city: SmallCity, round_: OpenRound) -> None:
    person = city.residents[30]
    first, second = visit(person), visit(person, "refused")
    back, early = undo(second), visit(city.residents[31])
    assert told(round_, 0, first, second, back) == ["accepted"] * 3
    assert holds(city, 30) == "away"
    late = undo(early)
    assert told(round_, 0, late) == ["waiting"]
    assert told(round_, 0, early) == ["accepted"]
    assert told(round_, 0, late) == ["accepted"]
    assert holds(city, 31) == ""
    assert told(round_, 1, undo(first)) == ["held:visit_other_device"]
    assert holds(city, 30) == "away"


def test_two_phones_at_one_door(city: SmallCity, round_: OpenRound) -> None:
    person = city.residents[30]
    mine = visit(person)
    theirs = visit(person, "refused")
    assert told(round_, 1, theirs) == ["accepted"]
    assert told(round_, 0, mine) == ["flagged:other_word"]
    assert holds(city, 30) == "away"
    assert told(round_, 1, visit(person, "away")) == ["accepted"]
    told(round_, 0, undo(mine))
    with act_as(city.secretary):
        assert len(words_about(round_.id, [person])[person]) == 4


def test_the_desk_is_one_of_several(city: SmallCity, round_: OpenRound) -> None:
    person = city.residents[30]
    with act_as(city.secretary):
        note_absence(round_id=round_.id, person=person, outcome="exempt", rule="medical")
    word = visit(person, "not_found")
    assert told(round_, 0, word) == ["flagged:other_word"]
    assert holds(city, 30) == "not_found"
    told(round_, 0, undo(word))
    assert holds(city, 30) == "exempt"
    with act_as(city.secretary):
        forget_absence(round_id=round_.id, person=person)
    assert holds(city, 30) == ""


def test_somebody_who_was_at_a_table_meanwhile(city: SmallCity, round_: OpenRound) -> None:
    person = city.residents[30]
    record_batch(
        token=round_.tokens[1], records=[Record(new_id(), "LC0000000001", clock.now(), person)]
    )
    assert told(round_, 0, visit(person, "came")) == ["flagged:person_already_recorded"]


def test_strangers_and_nobody_are_held(city: SmallCity, round_: OpenRound) -> None:
    assert told(round_, 0, visit(city.strangers[0]), visit(uuid4())) == [
        "held:person_other_community",
        "held:person_unknown",
    ]
    with act_as(city.secretary):
        assert not Absence.objects.exists()


def test_a_revoked_phone_is_held_and_moves_nothing(city: SmallCity, round_: OpenRound) -> None:
    told(round_, 0, visit(city.residents[30]))
    with act_as(city.secretary):
        revoke_device(device=round_.devices[0])
    assert told(round_, 0, visit(city.residents[30], "refused")) == ["held:device_revoked"]
    assert holds(city, 30) == "away"
    with pytest.raises(DeviceRefused):
        take_visits(token="forged", visits=[])
