"""Who comes to a table is who lives there less who is sampled at home."""

from muster.rounds.area import faults_of
from tests.rounds.areas import area, buildings


def test_coming_and_at_home() -> None:
    assert buildings(1)[0].coming == 295


def test_a_whole_area_has_no_fault() -> None:
    assert not list(faults_of(area(), {"recorder": False}))


def test_an_area_where_all_stay_at_home_is_refused() -> None:
    made = buildings(2, residents=5, households=2, at_home=5)
    assert next(faults_of(area(buildings=made), {}))[0] == "buildings"


def test_a_city_in_one_piece_is_refused() -> None:
    field, mend = next(faults_of(area(buildings=buildings(3001)), {"recorder": False}))
    assert field == "buildings"
    assert "community of each" in mend
