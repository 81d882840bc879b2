"""muster.web.lab.results: a laboratory sends, and hears what became of each result."""

import json
from typing import Any

import pytest
from django.test import Client

from muster.apps.audit.actions import act_as
from muster.apps.screening.actions import record_batch, register_laboratory
from muster.apps.screening.queries.pools import pools_of
from muster.gateways.laboratory import Pool, write_bundle
from muster.kernel import clock
from muster.web.lab.results import LIMIT
from tests.support.city import HERE, OpenRound, SmallCity
from tests.support.records import TUBE, round_, tube_of

__all__ = ["round_"]


@pytest.fixture
def key(city: SmallCity, round_: OpenRound) -> str:
    record_batch(token=round_.tokens[0], records=tube_of(city.residents[:2]))
    with act_as(city.headquarters):
        return register_laboratory(name="区实验室", area=HERE, low=HERE, high=HERE)[1]


def post(key: str, body: bytes, kind: str = "application/json", scheme: str = "Laboratory") -> Any:
    return Client().post(
        "/api/lab/results", body, content_type=kind, headers={"Authorization": f"{scheme} {key}"}
    )


def test_plain_json(key: str) -> None:
    body = json.dumps({"results": [{"tube": TUBE.lower(), "value": "negative"}]}).encode()
    answer = post(key, body)
    assert answer.status_code == 200
    assert answer.json() == {"results": [{"tube": TUBE, "state": "applied", "code": ""}]}


def test_fhir(city: SmallCity, round_: OpenRound, key: str) -> None:
    with act_as(city.secretary):
        (pool,) = pools_of(round_.id)
    resulted = Pool(pool.tube, pool.opened_at, pool.members, "positive", clock.now())
    body = write_bundle([resulted], now=clock.now()).encode()
    answer = post(key, body, "application/fhir+json")
    assert answer.json() == {"results": [{"tube": TUBE, "state": "applied", "code": ""}]}
    again = post(key, body, "application/fhir+json")
    assert again.json() == answer.json()


@pytest.mark.parametrize(
    ("body", "kind", "code"),
    [
        (b"{", "application/json", "batch_malformed"),
        (b'{"results": [{"tube": "x"}]}', "application/json", "batch_malformed"),
        (b'{"resourceType": "Bundle"}', "application/fhir+json", "bundle_unreadable"),
    ],
)
def test_what_cannot_be_read_is_refused_whole(key: str, body: bytes, kind: str, code: str) -> None:
    answer = post(key, body, kind)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_too_many_are_refused(key: str) -> None:
    many = [{"tube": "x", "value": "negative"}] * (LIMIT + 1)
    answer = post(key, json.dumps({"results": many}).encode())
    assert (answer.status_code, answer.json()["code"]) == (422, "batch_too_large")


def test_without_a_key_nothing_is_taken(key: str) -> None:
    body = b'{"results": []}'
    assert post("", body).status_code == 401
    assert post(key, body, scheme="Device").status_code == 401
    assert Client().get("/api/lab/results").status_code == 405
