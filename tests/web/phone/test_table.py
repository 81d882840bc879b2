"""The recorder's page: a tube, its people; found by initials, door, phone tail."""

import pytest
from django.test import Client

from muster.apps.audit.actions import act_as
from muster.apps.screening.actions import revoke_device
from muster.apps.screening.models import Specimen
from muster.kernel.ids import new_id
from tests.support.city import OpenRound, SmallCity
from tests.support.records import TUBE, round_

__all__ = ["round_"]


@pytest.fixture
def phone(round_: OpenRound) -> Client:
    client = Client()
    answer = client.get(f"/table/{round_.tokens[0]}/")
    assert (answer.status_code, answer["Location"]) == (302, "/table/")
    return client


def press(phone: Client, person: object, **more: str) -> str:
    form = {"record": str(new_id()), "tube": TUBE, "person": str(person or "")} | more
    answer = phone.post("/table/", form)
    assert answer.status_code == 200
    return answer.content.decode()


def test_one_press_records_one_person_once(city: SmallCity, phone: Client) -> None:
    id_ = str(new_id())
    for _ in range(2):
        body = press(phone, city.residents[0], record=id_, tube=TUBE.lower())
        assert 'data-state="accepted"' in body
    with act_as(city.secretary):
        assert Specimen.objects.get().tube == TUBE
    assert 'data-state="flagged"' in press(phone, city.residents[0])
    assert 'data-state="held"' in press(phone, city.residents[1], tube="bad")


def test_somebody_unknown_is_held_with_what_was_typed(city: SmallCity, phone: Client) -> None:
    assert 'data-state="held"' in press(phone, None, said="张三 9号楼")
    with act_as(city.secretary):
        assert Specimen.objects.get().said == {"text": "张三 9号楼"}


@pytest.mark.parametrize("text", ["wy", "王一", "1-1-101", "0000", "wangyi"])
def test_found_in_any_way_people_say_who_they_are(
    city: SmallCity, phone: Client, text: str
) -> None:
    body = phone.get("/table/find", {"q": text, "tube": TUBE}).content.decode()
    assert str(city.residents[0]) in body


def test_nobody_found_may_be_recorded_as_unknown(phone: Client) -> None:
    body = phone.get("/table/find", {"q": "没有这人", "tube": TUBE}).content.decode()
    assert 'name="said" value="没有这人"' in body
    assert phone.get("/table/find", {"q": ""}).content.decode().strip() == ""


def test_a_full_tube_asks_for_the_next(city: SmallCity, phone: Client) -> None:
    for person in city.residents[:10]:
        press(phone, person)
    body = phone.get("/table/", {"tube": TUBE}).content.decode()
    assert 'name="q"' not in body
    assert 'name="q"' in phone.get("/table/", {"tube": "LC0000000002"}).content.decode()


def test_a_revoked_phone_is_told_and_held(
    city: SmallCity, round_: OpenRound, phone: Client
) -> None:
    with act_as(city.secretary):
        revoke_device(device=round_.devices[0])
    assert 'data-state="held"' in press(phone, city.residents[0])
    assert "alert-danger" in phone.get("/table/").content.decode()


def test_a_phone_that_is_not_enrolled_sees_nothing(round_: OpenRound) -> None:
    for path in ("/table/", "/table/find?q=wy", "/table/forged/"):
        assert Client().get(path).status_code == 403
