"""What a round is planned from: buildings with doors, who stays at home, what is sealed."""

from datetime import date

import pytest

from muster import policies
from muster.apps.audit.actions import act_as, as_system
from muster.apps.people.models import Person
from muster.apps.screening.actions import note_absence
from muster.apps.screening.queries.buildings import Inhabited, inhabited
from muster.kernel import clock
from tests.support.city import HERE, SmallCity, open_small_round
from tests.support.life import seal

POLICY = policies.load("2022-04")


def of(city: SmallCity) -> dict[str, Inhabited]:
    with act_as(city.secretary):
        return {each.building.name: each for each in inhabited(HERE, city.estates, POLICY)}


def test_buildings_with_their_people_and_doors(city: SmallCity) -> None:
    found = of(city)
    assert list(found) == [
        "晨光花园 1号楼", "晨光花园 2号楼", "晨光新村 1号楼", "晨光新村 2号楼",
    ]  # fmt: skip
    first = found["晨光花园 1号楼"]
    assert (first.building.residents, first.building.households) == (12, 6)
    assert first.doors == ("1-1-101", "1-1-201", "1-1-301", "1-2-101", "1-2-201", "1-2-301")
    assert first.building.key == str(city.places["B11"])
    assert not first.building.sealed


def test_a_building_without_coordinates_stands_at_its_estate(city: SmallCity) -> None:
    found = of(city)
    here, there = found["晨光花园 1号楼"].building, found["晨光新村 1号楼"].building
    assert (here.x, here.y) == (0, 0)
    assert there.x == pytest.approx(88, abs=1)


def test_the_very_old_are_sampled_at_home(city: SmallCity) -> None:
    today = clock.to_local(clock.now()).date()
    with as_system("test"):
        Person.objects.filter(id=city.residents[0]).update(birth_date=date(today.year - 85, 1, 1))
        Person.objects.filter(id=city.residents[1]).update(birth_date=date(today.year - 70, 1, 1))
    assert of(city)["晨光花园 1号楼"].building.at_home == 1


def test_who_was_visited_at_home_before_is_again(city: SmallCity) -> None:
    with act_as(city.secretary):
        opened = open_small_round(city)
        for person in city.residents[:2]:  # both of the first door
            note_absence(round_id=opened.id, person=person, outcome="home_visit")
    first = of(city)["晨光花园 1号楼"]
    assert first.building.at_home == 2
    assert first.building.households == 5
    assert first.doors[0] == "1-1-201"
    assert first.at_home == ("1-1-101",)


def test_a_lockdown_zone_has_household_tubes(city: SmallCity) -> None:
    seal(city)
    assert all(each.building.sealed for each in of(city).values())


def test_another_community_sees_nobody(city: SmallCity) -> None:
    with act_as(city.other_secretary):
        assert inhabited(HERE, city.estates, POLICY) == []
