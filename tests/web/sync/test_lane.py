"""The phone's other calls over HTTP: `muster.web.sync.enrol`, `muster.web.sync.lane`,
`muster.web.sync.sealed`, `muster.web.sync.answers`."""

import gzip
import json
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from muster.apps.audit.actions import act_as
from muster.apps.screening.actions import offer_enrolment, revoke_device
from muster.apps.screening.models import SamplingTable, Specimen
from tests.support.city import OpenRound, SmallCity
from tests.support.records import round_
from tests.support.sealing import seal
from tests.web.sync.test_records import sent

__all__ = ["round_"]


def call(path: str, token: str = "", body: object = None, **headers: str) -> Any:
    send = Client().get if body is None else Client().post
    raw = {} if body is None else {
        "data": body if isinstance(body, bytes) else json.dumps(body),
        "content_type": "application/json",
    }  # fmt: skip
    who = {"Authorization": f"Device {token}"} if token else {}
    return send(f"/api/sync/{path}", headers=who | headers, **raw)


def code_of(city: SmallCity, round_: OpenRound) -> str:
    with act_as(city.secretary):
        return offer_enrolment(table=SamplingTable.objects.get(round=round_.id, number=1).id)[1]


def test_a_code_becomes_a_token_that_gets_the_slice(city: SmallCity, round_: OpenRound) -> None:
    code = code_of(city, round_)
    enrolled = call("enrol", body={"code": f"{code[:4]} {code[4:]}", "label": "Redmi 9"})
    assert enrolled.status_code == 200
    assert set(enrolled.json()) == {"token", "device", "expires_at", "kind"}
    slice_ = call("lane", enrolled.json()["token"]).json()
    assert slice_["device"]["id"] == enrolled.json()["device"]
    assert slice_["sealing"]["jwk"]["kty"] == "RSA"
    assert slice_["codes"]["keys"][0]["jwk"]["crv"] == "P-256"
    again = call("enrol", body={"code": code})
    assert (again.status_code, again.json()["code"]) == (404, "enrolment_unknown")


@pytest.mark.parametrize("body", [b"", b"{", b'{"code": 5}', b"[]", b'{"label": "x"}'])
def test_an_enrolment_that_cannot_be_read(body: bytes, db: None) -> None:
    answer = call("enrol", body=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "enrolment_unreadable")


def test_guessing_is_told_to_wait(db: None) -> None:
    tries = [call("enrol", body={"code": f"{i:08d}"}).status_code for i in range(11)]
    assert tries == [404] * 10 + [503]
    assert call("enrol", body={"code": "1"})["Retry-After"] == "600"


@pytest.mark.parametrize("path", ["lane", "filter"])
def test_what_a_phone_has_already_is_not_sent_again(round_: OpenRound, path: str) -> None:
    first = call(path, round_.tokens[0])
    assert first.status_code == 200
    assert "now" in first.json()
    again = call(path, round_.tokens[0], **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert first["Cache-Control"] == "private, no-cache"


def test_the_filter_changes_with_a_record(city: SmallCity, round_: OpenRound) -> None:
    before = call("filter", round_.tokens[0])
    call("records", round_.tokens[1], {"records": [sent(city.residents[30])]})
    after = call("filter", round_.tokens[0], **{"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert before.json()["entries"] == ""


def test_the_slice_is_compressed_and_marked_the_same(round_: OpenRound) -> None:
    packed = call("lane", round_.tokens[0], **{"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(packed.content))["table"]["number"] == 1
    again = call("lane", round_.tokens[0], **{"If-None-Match": packed["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("path", ["lane", "filter"])
def test_who_may_not(city: SmallCity, round_: OpenRound, path: str) -> None:
    assert call(path).status_code == 401
    assert call(path, "forged").status_code == 401
    with act_as(city.secretary):
        revoke_device(device=round_.devices[0])
    answer = call(path, round_.tokens[0])
    assert (answer.status_code, answer.json()["code"]) == (410, "device_revoked")


def test_a_full_server_says_when_to_come_again(
    round_: OpenRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> None:
        raise OperationalError

    monkeypatch.setattr("muster.web.sync.lane.sealing_key", broken)
    answer = call("lane", round_.tokens[0])
    assert (answer.status_code, answer["Retry-After"]) == (503, "3")


def test_a_sealed_file_is_recorded_as_its_own_phone_and_twice_is_harmless(
    city: SmallCity, round_: OpenRound
) -> None:
    records = [sent(p) for p in city.residents[:3]]
    void = {"id": sent(None)["id"], "record": records[2]["id"], "kind": "void",
            "reason": "x", "made_at": records[0]["taken_at"]}  # fmt: skip
    closing = {"id": sent(None)["id"], "tube": records[0]["tube"], "count": 2, "reason": "x",
               "closed_at": records[0]["taken_at"]}  # fmt: skip
    body = {"token": round_.tokens[0], "records": records, "changes": [void],
            "closings": [closing]}  # fmt: skip
    file = seal(round_, body)
    first = call("sealed", round_.tokens[1], file)
    assert first.status_code == 200
    assert [r["state"] for r in first.json()["receipts"]] == ["accepted"] * 5
    again = call("sealed", "", file).json()["receipts"]
    assert [r["state"] for r in again] == ["accepted", "accepted", "void", "accepted", "accepted"]
    with act_as(city.secretary):
        assert {s.device for s in Specimen.objects.all()} == {round_.devices[0]}


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"v": 1, "kind": "muster-unsent"}'])
def test_a_file_that_cannot_be_opened(body: bytes, db: None) -> None:
    answer = call("sealed", body=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "sealed_unreadable")


def test_a_file_of_a_phone_that_nobody_knows(round_: OpenRound) -> None:
    body = {"token": "forged", "records": []}
    assert call("sealed", body=seal(round_, body)).status_code == 401
    assert call("sealed", body=seal(round_, {"records": []})).status_code == 422


def test_a_file_larger_than_a_batch_is_taken_whole(city: SmallCity, round_: OpenRound) -> None:
    records = [sent(None, said={"name": "访客"}) for _ in range(501)]
    file = seal(round_, {"token": round_.tokens[0], "records": records})
    assert len(call("sealed", body=file).json()["receipts"]) == 501
