"""The API over HTTP: what it says of itself, what it answers, to whom. Modules under test:
muster.web.api.root, muster.web.api.figures, muster.web.api.screening, muster.web.api.calls,
muster.web.api.zones, muster.web.api.bulletins."""

import json
from pathlib import Path

import pytest
from django.test import Client

from muster.apps.audit.actions import as_system
from muster.apps.people.models import Account
from muster.web.api.root import api
from tests.support.city import HERE, SmallCity
from tests.support.life import live

SNAPSHOT = Path(__file__).with_name("openapi.json")


def client_of(username: str) -> Client:
    client = Client()
    with as_system("test"):
        client.force_login(Account.objects.get(username=username))
    return client


def test_the_openapi_document_is_the_one_that_was_reviewed() -> None:
    """On purpose changed? Write it anew: python -m tests.web.api.test_api"""
    assert json.loads(SNAPSHOT.read_text("utf-8")) == json.loads(
        json.dumps(api.get_openapi_schema())
    )


def test_nobody_is_told_anything(city: SmallCity) -> None:
    assert Client().get("/api/v1/figures").status_code == 401


@pytest.fixture
def lived(city: SmallCity) -> dict[str, object]:
    return live(city)


def test_figures_are_those_of_the_readers_own_place(lived: dict[str, object]) -> None:
    values = {f["key"]: f["value"] for f in client_of("secretary").get("/api/v1/figures").json()}
    assert values["people_tested"] == 10
    assert values["tubes"] == 1
    assert values["people_recalled"] == 10
    other = client_of("other")
    assert {f["key"]: f["value"] for f in other.get("/api/v1/figures").json()}["people_tested"] == 0
    refused = other.get(f"/api/v1/figures?place={HERE}")
    assert refused.status_code == 403
    assert refused.json()["code"] == "not_allowed"
    assert refused.headers["Content-Type"] == "application/problem+json"


def test_coverage_adds_up_and_is_empty_for_another_community(lived: dict[str, object]) -> None:
    round_id = lived["round"].id  # type: ignore[attr-defined]
    rows = client_of("secretary").get(f"/api/v1/rounds/{round_id}/coverage").json()
    assert sum(r["residents"] for r in rows) == 48
    assert sum(r["tested"] for r in rows) == 10
    assert client_of("other").get(f"/api/v1/rounds/{round_id}/coverage").json() == []
    tables = client_of("secretary").get(f"/api/v1/rounds/{round_id}/tables").json()
    assert [t["people"] for t in tables] == [10, 0]
    assert [t["held"] for t in tables] == [0, 1]
    assert len(client_of("secretary").get("/api/v1/rounds").json()) == 1


def test_progress_of_a_call(lived: dict[str, object]) -> None:
    call = lived["call"].id  # type: ignore[attr-defined]
    progress = client_of("hq").get(f"/api/v1/calls/{call}/progress").json()
    assert sum(level["bodies"] for level in progress["levels"]) == 4
    assert progress["roles"]["sampler"] == [4, 4]


def test_level_at_a_place_names_the_order(city: SmallCity, lived: dict[str, object]) -> None:
    door = city.places["D1111"]
    answer = client_of("secretary").get(f"/api/v1/zones/at?place={door}").json()
    assert (answer["level"], answer["order"], answer["reason"]) == ("lockdown", "2022-32", "inside")


def test_a_bulletin_is_the_one_that_was_frozen(lived: dict[str, object]) -> None:
    bulletin = lived["bulletin"].id  # type: ignore[attr-defined]
    answer = client_of("secretary").get(f"/api/v1/bulletins/{bulletin}").json()
    assert answer["unchanged"] is True
    missing = client_of("secretary").get("/api/v1/bulletins/00000000-0000-7000-8000-000000000000")
    assert missing.status_code == 404


if __name__ == "__main__":
    SNAPSHOT.write_text(
        json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n",
        "utf-8",
    )
