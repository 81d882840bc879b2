"""Addresses to doors, people behind them; who is known already
(`muster.apps.communities.queries.known`, `muster.apps.communities.queries.imports` in
tests/apps/communities/actions)."""

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.communities.queries.doors import (
    door_label,
    doors_of,
    person_at_door,
    residents_of,
)
from muster.apps.communities.queries.known import known_people
from muster.apps.people.actions import NewPerson, merge_persons, note_phone, register_person
from muster.kernel.ids import new_id
from tests.support.city import HERE, SmallCity

NUMBER = "11010519491231002X"
HOUSE = {"building": "1", "unit": "1", "room": "101"}


@pytest.mark.parametrize(
    ("parts", "label"),
    [
        (("3", "2", "501"), "3-2-501"),
        (("3", None, "501"), "3-501"),
        ((None, None, "501"), "501"),
        ((None, None, None), ""),
    ],
)
def test_the_short_address(parts: tuple[str | None, ...], label: str) -> None:
    assert door_label(*parts) == label


def test_an_address_means_one_door_or_two_or_none(city: SmallCity) -> None:
    doors = doors_of(HERE)
    p = city.places
    assert set(doors.find("1", "1", "101")) == {p["D1111"], p["D2111"]}
    assert doors.find("1", "1", "101", estate=p["E2"]) == (p["D2111"],)
    assert doors.find("1", "1", None, estate=p["E1"]) == (p["U111"],)
    assert doors.find("9", "1", "101") == ()
    assert doors.estate_named("晨光花园居民名单.xlsx") == p["E1"]
    assert doors.estate_named("晨光花园和晨光新村") is None
    assert doors.estate_named("名单") is None


def test_one_of_a_name_behind_an_address(city: SmallCity) -> None:
    with act_as(city.secretary):
        names = {r.person: r for r in residents_of(HERE, within=city.places["D1111"])}
        mine = names[city.residents[0]]
        assert person_at_door(HERE, mine.name, HOUSE) == (city.residents[0], "13900000000")
        assert person_at_door(HERE, "没有", HOUSE) == (None, "")
    with act_as(city.other_secretary):
        assert person_at_door(HERE, mine.name, HOUSE) == (None, "")


def test_the_roll_in_street_order_each_once(city: SmallCity) -> None:
    with as_system("test"):
        note_phone(person=city.residents[0], number="13711112222")
    with act_as(city.secretary):
        roll = residents_of(HERE)
        assert [r.person for r in roll] == city.residents
        assert (roll[0].label, roll[0].phone_tail) == ("1-1-101", "2222")
        assert len(residents_of(HERE, within=city.places["U111"])) == 6
        merge_persons(keep=city.residents[0], drop=city.residents[1])
        assert [r.person for r in residents_of(HERE)] == [
            r for r in city.residents if r != city.residents[1]
        ]
    with act_as(city.other_secretary):
        assert residents_of(HERE) == []


def test_known_by_number_before_name_behind_a_door(city: SmallCity) -> None:
    with as_system("test"):
        somebody = register_person(
            person=NewPerson(area=HERE, name="甲", id_type="resident_id", id_number=NUMBER)
        )
    with act_as(city.secretary):
        known = known_people(HERE)
        resident = next(r for r in residents_of(HERE) if r.person == city.residents[0])
    assert known.find({"id_number": NUMBER, "name": "改了名"}, None) == somebody
    assert known.find({"id_number": "140105195001010011", "name": "甲"}, None) is None
    door = city.places["D1111"]
    assert known.find({"name": resident.name}, door) == city.residents[0]
    assert known.find({"name": resident.name}, city.places["D1112"]) is None
    fresh = new_id()
    known.add({"id_number": "140105195001010011", "name": "乙"}, door, fresh)
    assert known.find({"id_number": "140105195001010011"}, None) == fresh
    assert known.find({"name": "乙"}, door) == fresh
