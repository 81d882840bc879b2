"""Eight digits make one phone the phone of a table: once, for ten minutes, not by guessing."""

from datetime import timedelta

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.people.errors import NotAllowed
from muster.apps.screening.actions import (
    close_round,
    enrol_by_code,
    offer_enrolment,
    record_batch,
)
from muster.apps.screening.actions.enrolment import GUESSES, forget_enrolments
from muster.apps.screening.errors import EnrolmentUnknown, TooManyGuesses
from muster.apps.screening.models import Device, Enrolment, Guess, SamplingTable
from muster.kernel import clock
from tests.support.city import OpenRound, SmallCity
from tests.support.records import record, round_

__all__ = ["round_"]

SENDER = "192.0.2.1"


@pytest.fixture
def code(city: SmallCity, round_: OpenRound) -> str:
    table = SamplingTable.objects.get(round=round_.id, number=1)
    with act_as(city.secretary):
        return offer_enrolment(table=table.id)[1]


def test_a_code_becomes_a_phone_that_may_record(
    city: SmallCity, round_: OpenRound, code: str
) -> None:
    device, token = enrol_by_code(code=code, label="Redmi 9", sender=SENDER)
    (receipt,) = record_batch(token=token, records=[record(city.residents[0])])
    assert receipt.state == "accepted"
    with act_as(city.secretary):
        kept = Device.objects.get(id=device.id)
        offered = Enrolment.objects.get()
    assert (kept.label, kept.table.number) == ("Redmi 9", 1)
    assert kept.enrolled_by == city.secretary.name
    assert (offered.device, offered.used_at) == (device.id, kept.enrolled_at)
    assert code.encode() not in bytes(offered.code_hash)


def test_a_code_works_once(code: str) -> None:
    enrol_by_code(code=code, label="", sender=SENDER)
    with pytest.raises(EnrolmentUnknown):
        enrol_by_code(code=code, label="", sender=SENDER)


def test_a_code_runs_out(code: str) -> None:
    with clock.travel(clock.now() + timedelta(minutes=10)), pytest.raises(EnrolmentUnknown):
        enrol_by_code(code=code, label="", sender=SENDER)


def test_a_code_of_a_closed_round_is_none(city: SmallCity, round_: OpenRound, code: str) -> None:
    with act_as(city.secretary):
        close_round(round_id=round_.id)
    with pytest.raises(EnrolmentUnknown):
        enrol_by_code(code=code, label="", sender=SENDER)


def test_who_guesses_is_stopped_also_with_the_right_code(code: str) -> None:
    for i in range(GUESSES["sender"]):
        with pytest.raises(EnrolmentUnknown):
            enrol_by_code(code=f"x{i}", label="", sender=SENDER)
    with pytest.raises(TooManyGuesses):
        enrol_by_code(code=code, label="", sender=SENDER)
    enrol_by_code(code=code, label="", sender="192.0.2.2")


def test_all_together_are_stopped_too(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(GUESSES, "everybody", 3)
    for i in range(3):
        with pytest.raises(EnrolmentUnknown):
            enrol_by_code(code="x", label="", sender=f"192.0.2.{i}")
    with pytest.raises(TooManyGuesses):
        enrol_by_code(code=code, label="", sender="192.0.2.9")


def test_tries_are_forgotten_after_the_window_and_after_a_right_code(code: str) -> None:
    for _ in range(GUESSES["sender"] - 1):
        with pytest.raises(EnrolmentUnknown):
            enrol_by_code(code="x", label="", sender=SENDER)
    enrol_by_code(code=code, label="", sender=SENDER)
    assert Guess.objects.count() == 1  # of all together
    for _ in range(GUESSES["sender"]):
        with pytest.raises(EnrolmentUnknown):
            enrol_by_code(code="x", label="", sender=SENDER)
    with clock.travel(clock.now() + timedelta(minutes=11)), pytest.raises(EnrolmentUnknown):
        enrol_by_code(code="x", label="", sender=SENDER)


def test_only_who_runs_the_community_offers(city: SmallCity, round_: OpenRound) -> None:
    table = SamplingTable.objects.get(round=round_.id, number=1)
    for actor in (city.headquarters, city.other_secretary, city.contact):
        with act_as(actor), pytest.raises(NotAllowed):
            offer_enrolment(table=table.id)


def test_old_codes_and_counts_of_tries_go(code: str) -> None:
    with pytest.raises(EnrolmentUnknown):
        enrol_by_code(code="x", label="", sender=SENDER)
    with as_system("test"):
        assert forget_enrolments() == {"codes": 0, "guesses": 0}
        with clock.travel(clock.now() + timedelta(minutes=11)):
            assert forget_enrolments() == {"codes": 0, "guesses": 2}  # of the sender, and of all
        with clock.travel(clock.now() + timedelta(days=1, minutes=11)):
            assert forget_enrolments() == {"codes": 1, "guesses": 0}
