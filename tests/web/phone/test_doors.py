"""The door list: who is missing where; noted as they go, and undone."""

import pytest
from django.test import Client

from muster.apps.audit.actions import act_as
from muster.apps.screening.actions import record_batch
from muster.apps.screening.models import Absence
from tests.support.city import OpenRound, SmallCity
from tests.support.records import round_, tube_of
from tests.web.desk.conftest import log_in

__all__ = ["round_"]


@pytest.fixture
def walker(city: SmallCity, round_: OpenRound) -> Client:
    record_batch(token=round_.tokens[0], records=tube_of(city.residents[:6]))
    return log_in("secretary")


def test_from_estates_down_to_doors(city: SmallCity, walker: Client) -> None:
    top = walker.get("/walk/").content.decode()
    assert "晨光花园" in top
    assert "晨光新村" in top
    stair = walker.get("/walk/", {"at": city.places["U111"]}).content.decode()
    assert "1-1-101" not in stair
    next_stair = walker.get("/walk/", {"at": city.places["U112"]}).content.decode()
    assert "1-2-101" in next_stair
    assert "tel:13900000006" in next_stair


def test_a_visit_is_noted_and_undone(city: SmallCity, walker: Client) -> None:
    path = f"/walk/?at={city.places['U112']}"
    form = {"person": str(city.residents[6]), "outcome": "away"}
    answer = walker.post(path, form)
    assert (answer.status_code, answer["Location"]) == (302, path)
    with act_as(city.secretary):
        assert Absence.objects.get().outcome == "away"
    walker.post(path, form | {"outcome": "undo"})
    with act_as(city.secretary):
        assert not Absence.objects.exists()


def test_another_community_and_nobody_walk_elsewhere(city: SmallCity, walker: Client) -> None:
    other = log_in("other").get("/walk/")
    assert other.status_code == 200
    assert "晨光花园" not in other.content.decode()
    form = {"person": str(city.residents[6]), "outcome": "away"}
    assert log_in("other").post("/walk/", form).status_code in (200, 403, 404)
    assert Client().get("/walk/").status_code == 403
    with act_as(city.secretary):
        assert not Absence.objects.exists()
