"""The walk over HTTP: `muster.web.sync.doors`, and words among the records."""

from typing import Any

import pytest
from django.test import Client

from muster.apps.audit.actions import act_as
from muster.apps.screening.actions import revoke_device
from muster.apps.screening.models import Absence, Visit
from tests.support.city import OpenRound, SmallCity
from tests.support.records import round_
from tests.support.sealing import seal
from tests.support.visits import visit_sent
from tests.web.sync.test_lane import call
from tests.web.sync.test_records import post, sent

__all__ = ["round_"]


def doors(token: str, *at: int, **headers: str) -> Any:
    where = "&".join(f"at={x}" for x in at)
    return call(f"doors?{where}", token, **headers)


def site_of(round_: OpenRound, city: SmallCity) -> int:
    return int(doors(round_.tokens[0]).json()["base"]["id"] == city.places["E2"]) + 1


def test_parts_then_the_doors_of_one_and_not_twice(city: SmallCity, round_: OpenRound) -> None:
    e = site_of(round_, city)
    parts = doors(round_.tokens[0]).json()["parts"]
    assert [(p["name"], p["missing"]) for p in parts] == [("1号楼", 12), ("2号楼", 12)]
    answer = doors(round_.tokens[0], city.places[f"U{e}11"])
    assert len(answer.json()["people"]) == 6
    assert answer["Cache-Control"] == "private, no-cache"
    known = doors(round_.tokens[0], city.places[f"U{e}11"], **{"If-None-Match": answer["ETag"]})
    assert (known.status_code, known.content) == (304, b"")


def test_who_may_not(city: SmallCity, round_: OpenRound) -> None:
    assert doors("forged").status_code == 401
    elsewhere = doors(round_.tokens[0], city.places["T"])
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (403, "doors_elsewhere")
    with act_as(city.secretary):
        revoke_device(device=round_.devices[0])
    assert doors(round_.tokens[0]).status_code == 410


def test_words_travel_with_records(city: SmallCity, round_: OpenRound) -> None:
    visits = [visit_sent(city.residents[40], until="2022-04-09"), visit_sent(city.residents[41])]
    body = {"records": [sent(city.residents[0])], "visits": visits}
    answer = post(round_.tokens[0], body)
    assert [r["state"] for r in answer.json()["receipts"]] == ["accepted"] * 3
    assert post(round_.tokens[0], body).json()["receipts"] == answer.json()["receipts"]
    with act_as(city.secretary):
        assert Absence.objects.count() == Visit.objects.count() == 2


@pytest.mark.parametrize(
    "broken",
    [
        {"outcome": "asleep"},
        {"outcome": "missing"},
        {"outcome": "undo"},
        {"person": None},
        {"undoes": "01960000-0000-7000-8000-000000000000"},
        {"until": "tomorrow"},
        {"note": "x" * 201},
    ],
)
def test_a_word_that_cannot_be_read(
    city: SmallCity, round_: OpenRound, broken: dict[str, Any]
) -> None:
    answer = post(round_.tokens[0], {"visits": [visit_sent(city.residents[40]) | broken]})
    assert (answer.status_code, answer.json()["code"]) == (422, "batch_malformed")


def test_words_in_a_sealed_file_are_its_own_phones(city: SmallCity, round_: OpenRound) -> None:
    body = {"token": round_.tokens[1], "records": [], "visits": [visit_sent(city.residents[40])]}
    for _ in range(2):
        answer = Client().post("/api/sync/sealed", seal(round_, body), "application/json")
        assert [r["state"] for r in answer.json()["receipts"]] == ["accepted"]
    with act_as(city.secretary):
        assert Visit.objects.get().device == round_.devices[1]
