"""The slice: this site's people, what a recorder must know of them, nothing more."""

import json
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from muster.apps.audit.actions import act_as
from muster.apps.screening.actions import note_absence, record_batch, revoke_device
from muster.apps.screening.errors import DeviceRefused, DeviceRevoked
from muster.apps.screening.queries.lane import (
    AT_HOME,
    EXEMPT,
    ONE_TUBE_A_HOUSEHOLD,
    content_mark,
    lane_slice,
    phone_at_work,
    recorded_filter,
)
from muster.kernel import clock
from muster.protocols.devices import DeviceToken
from muster.protocols.filters import table_in
from tests.support.city import HERE, OpenRound, SmallCity
from tests.support.life import seal
from tests.support.records import record, round_

__all__ = ["round_"]


def slice_of(token: str) -> dict[str, Any]:
    with phone_at_work(token) as device:
        body: dict[str, Any] = json.loads(msgspec.json.encode(lane_slice(device)))
    return body


def test_a_table_gets_the_people_of_its_site_in_street_order(
    city: SmallCity, round_: OpenRound
) -> None:
    body = slice_of(round_.tokens[0])
    assert [row[0] for row in body["people"]] == [str(p) for p in city.residents[:24]]
    assert body["people"][0][1:] == [
        "王一", "wy", "1-1-101", 1, "0000", 0, city.places["E1"]
    ]  # fmt: skip
    assert [row[4] for row in body["people"][:4]] == [1, 1, 2, 2]
    assert body["places"] == [{"id": city.places["E1"], "name": "晨光花园"}]
    assert body["table"]["number"] == 1
    assert body["round"]["sizes"] == [1, 5, 10, 20]
    assert body["round"]["closed"] is False
    other = slice_of(round_.tokens[1])
    assert [row[0] for row in other["people"]] == [str(p) for p in city.residents[24:]]


def test_no_whole_number_and_no_registered_address_leaves(round_: OpenRound) -> None:
    text = json.dumps(slice_of(round_.tokens[0]), ensure_ascii=False)
    assert "1390000" not in text
    assert str(HERE) not in text


def test_marks_say_what_is_special(city: SmallCity, round_: OpenRound) -> None:
    with act_as(city.secretary):
        note_absence(round_id=round_.id, person=city.residents[0], outcome="exempt", rule="infant")
        note_absence(round_id=round_.id, person=city.residents[1], outcome="home_visit")
        note_absence(round_id=round_.id, person=city.residents[2], outcome="away")
    marks = [row[6] for row in slice_of(round_.tokens[0])["people"][:3]]
    assert marks == [EXEMPT, AT_HOME, 0]


def test_a_household_tube_where_the_zone_wants_it_but_not_in_the_first_round(
    city: SmallCity, round_: OpenRound
) -> None:
    seal(city)
    assert {row[6] for row in slice_of(round_.tokens[0])["people"]} == {0}
    with act_as(city.secretary), phone_at_work(round_.tokens[0]) as device:
        device.round.number = 2
        marks = {row[6] for row in lane_slice(device)["people"]}
    assert marks == {ONE_TUBE_A_HOUSEHOLD}


def test_the_filter_names_nobody_and_finds_everybody(city: SmallCity, round_: OpenRound) -> None:
    record_batch(token=round_.tokens[1], records=[record(city.residents[30], "LC0000000009")])
    with phone_at_work(round_.tokens[0]) as device:
        salt, entries = recorded_filter(device)
    assert table_in(entries, salt, city.residents[30]) == 2
    assert table_in(entries, salt, city.residents[31]) is None
    assert (len(salt), len(entries)) == (16, 8)
    assert city.residents[30].bytes[:6] not in entries


def test_revoked_run_out_and_forged_phones_get_nothing(city: SmallCity, round_: OpenRound) -> None:
    with act_as(city.secretary):
        revoke_device(device=round_.devices[0])
    with pytest.raises(DeviceRevoked):
        slice_of(round_.tokens[0])
    with clock.travel(clock.now() + timedelta(hours=25)), pytest.raises(DeviceRevoked):
        slice_of(round_.tokens[1])
    token = DeviceToken.parse(round_.tokens[1])
    for forged in (
        DeviceToken(token.device, token.area, bytes(24)),
        DeviceToken(token.device, token.area + 1, token.secret),
    ):
        with pytest.raises(DeviceRefused):
            slice_of(forged.text())


def test_the_mark_of_an_answer_changes_with_it() -> None:
    assert content_mark(b"a") == content_mark(b"a") != content_mark(b"b")
