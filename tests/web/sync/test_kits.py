"""The walk of kits over HTTP: `muster.web.sync.kits`, `enrol`, and words among the records."""

import json

import pytest
from django.test import Client

from muster.apps.audit.actions import act_as
from muster.apps.kits.actions import offer_kit_phone, revoke_kit_phone
from muster.apps.kits.models import KitIssue, KitWord
from tests.support.city import SmallCity
from tests.support.kit_words import Pair, pair, sent
from tests.support.kits import Kits, kits
from tests.web.sync.test_lane import call
from tests.web.sync.test_records import post

__all__ = ["kits", "pair"]


def test_a_code_becomes_a_phone_of_the_series(city: SmallCity, kits: Kits, client: Client) -> None:
    with act_as(city.secretary):
        _, code = offer_kit_phone(series=kits.series.id, place=city.places["U111"])
    shown = json.dumps({"code": code, "label": "Redmi 9"})
    answer = client.post("/api/sync/enrol", shown, content_type="application/json")
    assert answer.json()["kind"] == "kits"
    body = call("kits", answer.json()["token"]).json()
    assert [d[1] for d in body["doors"]] == ["1-1-101", "1-1-201", "1-1-301"]
    assert body["sealing"]["jwk"]["alg"] == "RSA-OAEP-256"


def test_the_doors_and_not_twice(pair: Pair) -> None:
    answer = call("kits", pair.token)
    assert answer["Cache-Control"] == "private, no-cache"
    known = call("kits", pair.token, **{"If-None-Match": answer["ETag"]})
    assert (known.status_code, known.content) == (304, b"")


def test_who_may_not(city: SmallCity, pair: Pair) -> None:
    assert call("kits", "forged").status_code == 401
    assert call("lane", pair.token).status_code == 401
    with act_as(city.secretary):
        revoke_kit_phone(phone=pair.phone)
    gone = call("kits", pair.token)
    assert (gone.status_code, gone.json()["code"]) == (410, "device_revoked")


def test_words_are_taken_and_answered(city: SmallCity, pair: Pair) -> None:
    issue = pair.issue(city.places["D1111"])
    body = {"kits": [sent(issue), sent(pair.undo(issue))]}
    answer = post(pair.token, body)
    assert [r["state"] for r in answer.json()["receipts"]] == ["accepted"] * 2
    assert post(pair.token, body).json()["receipts"] == answer.json()["receipts"]
    with act_as(city.secretary):
        assert (KitWord.objects.count(), KitIssue.objects.count()) == (2, 0)


@pytest.mark.parametrize(
    "spoilt",
    [
        {"kind": "gift"},
        {"kits": 0},
        {"kits": 1001},
        {"store": None},
        {"door": None},
        {"undoes": "01960000-0000-7000-8000-000000000000"},
        {"made_at": "2022-04-03T21:04:05"},
        {"surprise": 1},
    ],
    ids=str,
)
def test_what_cannot_be_read_is_refused_whole(
    city: SmallCity, pair: Pair, spoilt: dict[str, object]
) -> None:
    word = sent(pair.issue(city.places["D1111"])) | spoilt
    answer = post(pair.token, {"kits": [word]})
    assert (answer.status_code, answer.json()["code"]) == (422, "batch_malformed")


def test_more_than_a_batch_holds(city: SmallCity, pair: Pair) -> None:
    words = [sent(pair.issue(city.places["D1111"])) for _ in range(501)]
    assert post(pair.token, {"kits": words}).json()["code"] == "batch_too_large"
