"""A request is one transaction as whoever asks; language by choice; log lines without names.
Covers muster.web.language, muster.web.health, muster.web.problems and muster.web.accounts."""

from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client, RequestFactory

from muster.apps.audit.actions import as_system
from muster.apps.people.models import Account, Person
from muster.kernel import clock
from muster.kernel.errors import Conflict, Invalid, MusterError, NotFound, Refused, Unavailable
from muster.web.accounts import ClosedAccounts
from muster.web.middleware import same_site
from muster.web.problems import problem, problem_json, problem_response, status_of
from tests.support.city import SmallCity
from tests.web.desk.conftest import log_in


@pytest.mark.parametrize(
    ("url", "stays"),
    [
        ("/", True), ("/people/?q=1", True), ("//evil.example", False), ("https://evil", False),
        ("/\\evil.example", False), ("people", False), ("", False), ("javascript:x", False),
    ],
)  # fmt: skip
def test_the_way_back_stays_here(url: str, stays: bool) -> None:
    assert same_site(url) is stays


def test_chinese_until_somebody_chooses(city: SmallCity) -> None:
    client = Client(headers={"Accept-Language": "en"})
    assert 'lang="zh-CN"' in client.get("/accounts/login/").content.decode()
    answer = client.post("/language", {"language": "en", "next": "/accounts/login/"})
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/")
    assert 'lang="en"' in client.get("/accounts/login/").content.decode()
    away = client.post("/language", {"language": "xx", "next": "https://evil.example"})
    assert away["Location"] == "/"
    assert client.cookies["django_language"].value == "en"
    assert client.get("/language").status_code == 405


def test_an_account_that_ran_out_is_nobody(city: SmallCity) -> None:
    client = log_in("secretary")
    assert client.get("/people/").status_code == 200
    with as_system("test"):
        Account.objects.filter(username="secretary").update(expires_at=clock.now())
    assert client.get("/people/").status_code in (302, 403)
    assert "_auth_user_id" not in client.session


def test_what_was_refused_is_undone(city: SmallCity) -> None:
    with as_system("look"):
        before = Person.objects.count()
    client = log_in("secretary")
    other = client.post(f"/people/{city.strangers[0]}/role", {"role": "guide"})
    assert other.status_code >= 400
    with as_system("look"):
        assert Person.objects.count() == before


def test_the_answer_says_its_time_and_carries_a_policy(city: SmallCity) -> None:
    answer = Client().get("/accounts/login/")
    assert answer["Server-Timing"].startswith("app;dur=")
    assert "unsafe-inline" not in answer["Content-Security-Policy"]


def test_alive_or_not(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Client().get("/healthz").json() == {"status": "ok"}

    def down() -> None:
        raise DatabaseError

    with monkeypatch.context() as broken:
        broken.setattr("muster.web.health.connection.cursor", down)
        answer = Client().get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"status": "database unreachable"})


@pytest.mark.parametrize(
    ("error", "status"),
    [(Refused(), 403), (NotFound(), 404), (Conflict(), 409), (Invalid(), 422),
     (Unavailable(), 503), (MusterError(), 500)],
)  # fmt: skip
def test_each_kind_of_error_has_its_status(error: MusterError, status: int) -> None:
    assert status_of(error) == status
    assert problem(error)["status"] == status


def test_problems_for_programs_and_for_people() -> None:
    told = problem(Invalid(reason="x", secret=object()))
    assert (told["code"], told["type"], told["data"]) == ("invalid", "/problems/invalid",
                                                          {"reason": "x"})  # fmt: skip
    assert problem_json(Unavailable(retry_after=7))["Retry-After"] == "7"
    request: Any = RequestFactory().get("/api/x")
    assert problem_response(request, Refused())["Content-Type"] == "application/problem+json"


def test_nobody_signs_himself_up_to_the_desk(city: SmallCity) -> None:
    assert not ClosedAccounts().is_open_for_signup(RequestFactory().get("/"))
    before = {"username": "me", "password1": "correct-horse-42", "password2": "correct-horse-42"}
    Client().post("/accounts/signup/", before)
    with as_system("look"):
        assert not Account.objects.filter(username="me").exists()
