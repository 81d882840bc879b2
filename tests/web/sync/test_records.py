"""The batch endpoint over HTTP: whole batches in, one receipt each out, or nothing and a reason."""

import gzip
import json
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.test import Client

from muster.apps.audit.actions import act_as
from muster.apps.screening.models import Specimen
from muster.kernel import clock
from muster.kernel.ids import new_id
from tests.support.city import OpenRound, SmallCity
from tests.support.records import TUBE, round_

__all__ = ["round_"]

URL = "/api/sync/records"


def sent(person: object, tube: str = TUBE, **more: Any) -> dict[str, Any]:
    return {
        "id": str(new_id()),
        "tube": tube,
        "taken_at": clock.now().isoformat(),
        "person": str(person) if person else None,
        **more,
    }


def post(token: str, body: object, **headers: str) -> Any:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Client().post(
        URL, raw, content_type="application/json", headers={"Authorization": f"Device {token}"}
        | headers,
    )  # fmt: skip


def kept(city: SmallCity) -> int:
    with act_as(city.secretary):
        return Specimen.objects.count()


def test_receipts_in_order_as_json(city: SmallCity, round_: OpenRound) -> None:
    records = [sent(p) for p in city.residents[:3]] + [sent(None, said={"name": "访客"})]
    answer = post(round_.tokens[0], {"records": records})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    body = answer.json()
    assert [r["id"] for r in body["receipts"]] == [r["id"] for r in records]
    assert [r["state"] for r in body["receipts"]] == ["accepted"] * 3 + ["held"]
    assert body["receipts"][3]["code"] == "person_unknown"
    assert body["receipts"][0]["received_at"] <= body["now"]
    again = post(round_.tokens[0], {"records": records})
    assert again.json()["receipts"] == body["receipts"]
    assert kept(city) == 4


def test_gzip_is_taken(city: SmallCity, round_: OpenRound) -> None:
    raw = gzip.compress(json.dumps({"records": [sent(city.residents[0])]}).encode())
    answer = post(round_.tokens[0], raw, **{"Content-Encoding": "gzip"})
    assert [r["state"] for r in answer.json()["receipts"]] == ["accepted"]


def test_a_gzip_cut_off_anywhere_takes_nothing(city: SmallCity, round_: OpenRound) -> None:
    raw = gzip.compress(json.dumps({"records": [sent(p) for p in city.residents[:9]]}).encode())
    for cut in (0, 5, 11, len(raw) // 2, len(raw) - 9, len(raw) - 1):
        answer = post(round_.tokens[0], raw[:cut], **{"Content-Encoding": "gzip"})
        assert answer.status_code == 422, cut
        assert answer.json()["code"] == "batch_malformed"
    assert kept(city) == 0


def test_what_unpacks_to_too_much_is_refused(round_: OpenRound) -> None:
    raw = gzip.compress(b" " * 3_000_000)
    answer = post(round_.tokens[0], raw, **{"Content-Encoding": "gzip"})
    assert (answer.status_code, answer.json()["code"]) == (422, "batch_malformed")


@pytest.mark.parametrize(
    "spoil",
    [
        {"id": "not-an-id"},
        {"id": None},
        {"taken_at": "2022-04-03T21:04:05"},
        {"taken_at": "yesterday"},
        {"taken_at": 5},
        {"tube": None},
        {"tube": "L" * 65},
        {"person": "somebody"},
        {"said": "text"},
        {"surprise": 1},
    ],
)
def test_one_record_that_cannot_be_read_refuses_the_batch_whole(
    city: SmallCity, round_: OpenRound, spoil: dict[str, Any]
) -> None:
    records = [sent(city.residents[0]), sent(city.residents[1]) | spoil]
    answer = post(round_.tokens[0], {"records": records})
    assert answer.status_code == 422
    problem = answer.json()
    assert answer["Content-Type"] == "application/problem+json"
    assert (problem["code"], problem["status"]) == ("batch_malformed", 422)
    assert kept(city) == 0


def test_a_character_that_no_database_holds_spoils_one_record_only(
    city: SmallCity, round_: OpenRound
) -> None:
    records = [
        sent(city.residents[0]),
        sent(city.residents[1], tube="LC000000\x0001"),
        sent(None, said={"name": "访\x00客", "more": ["\x00", 1]}),
    ]
    answer = post(round_.tokens[0], {"records": records})
    states = [(r["state"], r["code"]) for r in answer.json()["receipts"]]
    assert states == [("accepted", ""), ("held", "tube_code_malformed"), ("held", "person_unknown")]
    with act_as(city.secretary):
        assert Specimen.objects.get(id=records[2]["id"]).said == {
            "name": "访\ufffd客", "more": ["\ufffd", 1],
        }  # fmt: skip


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"records": 1}', b"\xff\xfe", b"{}"])
def test_what_is_no_batch_is_refused(round_: OpenRound, body: bytes) -> None:
    assert post(round_.tokens[0], body).status_code == 422


def test_more_than_500_are_refused_whole(city: SmallCity, round_: OpenRound) -> None:
    answer = post(round_.tokens[0], {"records": [sent(uuid4()) for _ in range(501)]})
    assert (answer.status_code, answer.json()["code"]) == (422, "batch_too_large")
    assert answer.json()["data"]["limit"] == 500
    assert kept(city) == 0
    most = post(round_.tokens[0], {"records": [sent(uuid4()) for _ in range(500)]})
    assert len(most.json()["receipts"]) == 500


def test_an_empty_batch_is_a_question_for_the_time(round_: OpenRound) -> None:
    answer = post(round_.tokens[0], {"records": []})
    assert answer.status_code == 200
    assert answer.json()["receipts"] == []


@pytest.mark.parametrize("token", ["", "x", "Zm9v", "Ünicode"])
def test_an_unknown_phone_is_told_to_enrol(city: SmallCity, round_: OpenRound, token: str) -> None:
    answer = post(token, {"records": [sent(city.residents[0])]})
    assert (answer.status_code, answer.json()["code"]) == (401, "device_refused")
    assert kept(city) == 0


def test_without_the_header_too(city: SmallCity, round_: OpenRound) -> None:
    for headers in ({}, {"Authorization": f"Bearer {round_.tokens[0]}"}):
        answer = Client().post(
            URL, b'{"records": []}', content_type="application/json", headers=headers
        )
        assert answer.status_code == 401


def test_only_post(round_: OpenRound) -> None:
    assert Client().get(URL).status_code == 405


def test_a_database_in_trouble_is_said_with_when_to_come_again(
    city: SmallCity, round_: OpenRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> None:
        raise OperationalError

    monkeypatch.setattr("muster.web.sync.records.take_batch", broken)
    answer = post(round_.tokens[0], {"records": []})
    assert (answer.status_code, answer["Retry-After"]) == (503, "3")
    assert answer.json()["code"] == "unavailable"


def test_whatever_a_phones_clock_says_can_be_shown_again(
    city: SmallCity, round_: OpenRound
) -> None:
    for i, taken in enumerate(("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00")):
        answer = post(round_.tokens[0], {"records": [sent(city.residents[i], taken_at=taken)]})
        assert answer.status_code == 200
    with act_as(city.secretary):
        years = {s.taken_at.year for s in Specimen.objects.all()}
    assert years == {1970, 2200}
