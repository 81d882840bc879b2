"""`muster.apps.screening.queries.walks`: a phone takes its doors, in walking order, no more."""

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.screening.actions import (
    enrol_by_code,
    note_absence,
    offer_enrolment,
    record_batch,
    take_visits,
)
from muster.apps.screening.errors import DoorsElsewhere, RoundNotFound, WalkTooLarge
from muster.apps.screening.models import SamplingTable
from muster.apps.screening.queries.lane import lane_slice, phone_at_work
from muster.apps.screening.queries.walks import table_for_walk, walk_slice, words_said
from tests.support.city import OpenRound, SmallCity
from tests.support.records import round_, tube_of
from tests.support.visits import undo, visit

__all__ = ["round_"]


def walker(city: SmallCity, round_: OpenRound, place: str, *, swabs: bool = False) -> str:
    with act_as(city.secretary):
        table = SamplingTable.objects.get(round=round_.id, number=1)
        _, code = offer_enrolment(table=table.id, walks=city.places[place], swabs=swabs)
    return enrol_by_code(code=code, label="x", sender="s")[1]


def test_the_missing_of_a_building_in_walking_order(city: SmallCity, round_: OpenRound) -> None:
    record_batch(token=round_.tokens[0], records=tube_of(city.residents[:3]))
    with act_as(city.secretary):
        note_absence(round_id=round_.id, person=city.residents[3], outcome="exempt")
        note_absence(round_id=round_.id, person=city.residents[4], outcome="refused", note="x")
    token = walker(city, round_, "B11")
    with phone_at_work(token) as device:
        body = walk_slice(device, [city.places["B11"]])
        assert {p["name"]: p["missing"] for p in body["parts"]} == {"1单元": 1, "2单元": 6}
        assert body["base"]["name"] == "晨光花园 1号楼"
        rows = body["people"]
        assert [r[0] for r in rows] == city.residents[4:12]
        assert rows[0][3:8] == ("1-1-301", city.places["D1113"], "13900000004", None, "refused")
        assert body["exemptions"][0]["key"] == "vaccinated"
        slice_ = lane_slice(device)
        assert len(slice_["people"]) == 12
        assert slice_["device"]["walks"] == city.places["B11"]
        assert slice_["device"]["swabs"] is False
        assert walk_slice(device, [])["people"] == []
        for other in ("B12", "E1", "C"):
            with pytest.raises(DoorsElsewhere):
                walk_slice(device, [city.places[other]])


def test_too_many_at_once_are_refused_not_cut(
    city: SmallCity, round_: OpenRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("muster.apps.screening.queries.walks.LIMIT", 11)
    token = walker(city, round_, "E1")
    with phone_at_work(token) as device:
        assert device.label == "x · 晨光花园"
        with pytest.raises(WalkTooLarge):
            walk_slice(device, [city.places["E1"]])
        with pytest.raises(WalkTooLarge):
            walk_slice(device, [city.places["B11"]])
        assert len(walk_slice(device, [city.places["U111"]])["people"]) == 6


def test_a_tables_phone_takes_buildings_of_its_site_only(
    city: SmallCity, round_: OpenRound
) -> None:
    with phone_at_work(round_.tokens[0]) as device:
        base = device.table.site.place_id
        ours, theirs = ("1", "2") if base == city.places["E1"] else ("2", "1")
        both = [city.places[f"U{ours}12"], city.places[f"B{ours}2"]]
        assert len(walk_slice(device, both)["people"]) == 18
        for other in (f"B{theirs}1", f"E{ours}"):
            with pytest.raises(DoorsElsewhere):
                walk_slice(device, [city.places[other]])


def test_doors_of_no_round_are_not_given_out(city: SmallCity, round_: OpenRound) -> None:
    with pytest.raises(DoorsElsewhere):
        walker(city, round_, "T")


def test_every_word_is_shown_to_the_desk(city: SmallCity, round_: OpenRound) -> None:
    person = city.residents[30]
    mine, theirs = visit(person, note="出差"), visit(person, "refused")
    take_visits(token=round_.tokens[0], visits=[mine])
    take_visits(token=round_.tokens[1], visits=[theirs, undo(theirs)])
    with act_as(city.secretary):
        note_absence(round_id=round_.id, person=person, outcome="home_visit")
        said = words_said(round_.id, [person, city.residents[31]])
        assert list(said) == [person]
        assert [(w.phone, w.outcome, w.taken_back) for w in said[person]] == [
            ("", "home_visit", False),
            ("2号台", "refused", True),
            ("1号台", "away", False),
        ]


def test_the_table_of_a_walk(city: SmallCity, round_: OpenRound) -> None:
    with act_as(city.secretary):
        at = SamplingTable.objects.select_related("site").get(round=round_.id, number=2)
        assert table_for_walk(round_.id, [1, at.site.place_id]) is not None
        assert table_for_walk(round_.id, []).round_id == round_.id
        found = table_for_walk(round_.id, [at.site.place_id])
        assert found.site.place_id == at.site.place_id
    with act_as(city.secretary), pytest.raises(RoundNotFound):
        table_for_walk(city.residents[0], [])
