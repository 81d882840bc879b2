"""Doors for a pair's phone: `muster.web.desk.walks`, and what pairs said on the door list."""

import json
import re
from typing import Any

from django.test import Client
from django.urls import reverse

from muster.apps.screening.actions import take_visits
from muster.apps.screening.models import Device, Enrolment
from tests.support.city import HERE, SmallCity
from tests.support.visits import undo, visit
from tests.web.desk.conftest import Enter
from tests.web.desk.test_writes import one, shown

Lived = tuple[SmallCity, dict[str, Any]]


def test_a_building_is_given_to_a_phone(enter: Enter, lived: Lived) -> None:
    client, building = enter("secretary"), lived[0].places["B12"]
    page = shown(client.get(reverse("desk-doors"), {"at": building}))
    assert reverse("desk-walk-enrol") in page
    assert reverse("desk-walk-enrol") not in shown(client.get(reverse("desk-doors")))
    form = {"at": building, "round": lived[1]["round"].id, "swabs": "1", "place": HERE}
    answer = client.post(reverse("desk-walk-enrol"), form)
    assert answer["Cache-Control"] == "no-store"
    digits = "".join(re.findall(r"<span>(\d{4})</span>", shown(answer)))
    body = json.dumps({"code": digits, "label": "Mi 9"})
    enrolled = Client().post("/api/sync/enrol", body, content_type="application/json").json()
    device = one(Device, id=enrolled["device"])
    assert (device.walks, device.swabs) == (building, True)
    again = client.post(reverse("desk-walk-enrol"), form | {"swabs": ""})
    assert "不采样" in shown(again)
    who = {"Authorization": f"Device {enrolled['token']}"}
    body_ = Client().get(f"/api/sync/doors?at={building}", headers=who).json()
    assert body_["people"]


def test_who_may_not_give_doors_out(enter: Enter, lived: Lived) -> None:
    form = {"at": lived[0].places["B12"], "round": lived[1]["round"].id}
    assert enter("other").post(reverse("desk-walk-enrol"), form).status_code in (403, 404)
    elsewhere = form | {"at": lived[0].places["T"]}
    assert enter("secretary").post(reverse("desk-walk-enrol"), elsewhere).status_code == 403
    assert one(Enrolment, walks=lived[0].places["B12"]) is None


def test_a_dispute_is_shown_whatever_holds(enter: Enter, lived: Lived) -> None:
    city, round_ = lived[0], lived[1]["round"]
    one_, other = visit(city.residents[44], "refused"), visit(city.residents[44], "moved")
    take_visits(token=round_.tokens[0], visits=[one_, visit(city.residents[43], "moved")])
    take_visits(token=round_.tokens[1], visits=[other, visit(city.residents[43], "moved")])
    page = shown(enter("secretary").get(reverse("desk-doors"), {"at": city.places["B22"]}))
    assert "13900000044" in page
    assert "13900000043" not in page


def test_what_two_pairs_said_stands_side_by_side(enter: Enter, lived: Lived) -> None:
    city, round_ = lived[0], lived[1]["round"]
    person = city.residents[45]
    mine, theirs = visit(person, "not_found"), visit(person, "refused", note="不开门")
    take_visits(token=round_.tokens[0], visits=[mine])
    take_visits(token=round_.tokens[1], visits=[theirs, undo(theirs)])
    page = shown(enter("secretary").get(reverse("desk-doors"), {"at": city.places["E2"]}))
    assert "1号台: 无人应门" in page
    assert "line-through" in page
    assert "不开门" in page
