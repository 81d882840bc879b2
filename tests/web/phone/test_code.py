"""A resident's own code: no account, a signed link, new each time (`muster.web.phone.code`)."""

from uuid import UUID

import pytest
from django.test import Client

from muster.web.phone import code
from muster.web.phone.code import code_token
from muster.web.phone.person import personal_token
from tests.support.city import SmallCity


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[list[UUID]]:
    """Whom each code was made for."""
    made: list[list[UUID]] = []
    real = code.screen_code

    def spy(*, persons: list[UUID]) -> object:
        made.append(list(persons))
        return real(persons=persons)

    monkeypatch.setattr(code, "screen_code", spy)
    return made


def phone_of(person: UUID) -> Client:
    client = Client()
    answer = client.get(f"/me/code/{code_token(person)}/")
    assert (answer.status_code, answer["Location"]) == (302, "/me/code/")
    return client


def test_my_code_is_mine_and_my_familys_is_asked_for(
    city: SmallCity, shown: list[list[UUID]]
) -> None:
    phone = phone_of(city.residents[1])
    answer = phone.get("/me/code/")
    assert "<svg" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    body = phone.get("/me/code/?family=1").content.decode()
    assert shown == [[city.residents[1]], [city.residents[1], city.residents[0]]]
    assert "王*" in body
    assert "王一" not in body


def test_a_new_code_is_fetched_by_itself(city: SmallCity, shown: list[list[UUID]]) -> None:
    phone = phone_of(city.residents[1])
    part = phone.get("/me/code/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "<svg" in part


def test_who_lives_nowhere_has_his_own_code(city: SmallCity, shown: list[list[UUID]]) -> None:
    body = phone_of(city.strangers[0]).get("/me/code/?family=1").content.decode()
    assert "<svg" in body
    assert shown == [[city.strangers[0]]]


def test_the_link_opens_nothing_but_the_code(city: SmallCity) -> None:
    phone = phone_of(city.residents[1])
    assert phone.get("/me/").status_code >= 400
    assert phone.get(f"/me/{code_token(city.residents[1])}/").status_code >= 400
    assert Client().get(f"/me/code/{personal_token(city.residents[1])}/").status_code >= 400


def test_who_has_a_page_of_his_own_finds_his_code_there(
    city: SmallCity, shown: list[list[UUID]]
) -> None:
    phone = Client()
    phone.get(f"/me/{personal_token(city.residents[3])}/")
    assert 'href="/me/code/"' in phone.get("/me/").content.decode()
    assert phone.get("/me/code/").status_code == 200
    assert shown == [[city.residents[3]]]


def test_a_forged_link_shows_nothing(city: SmallCity) -> None:
    assert Client().get("/me/code/").status_code >= 400
    assert Client().get("/me/code/forged/").status_code >= 400
