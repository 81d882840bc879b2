"""Sites stand near people; the norm is kept or what was given up is said."""

from muster.policies import load
from muster.rounds.placing import place
from tests.rounds.areas import buildings

POLICY = load("2022-04")


def test_every_building_goes_to_one_site() -> None:
    made = buildings()
    placed = place("c", made, POLICY, None)
    sent = [s.building.key for each in placed.sent for s in each]
    assert sorted(sent) == sorted(b.key for b in made)
    assert len(placed.buildings) == 3
    assert not placed.notes


def test_walks_are_metres_by_the_policys_pace() -> None:
    placed = place("c", buildings(2), POLICY, 1)
    assert sorted(s.walk for s in placed.sent[0]) == [0.0, 90 / 60]


def test_a_site_is_added_where_buildings_do_not_divide() -> None:
    """Three of 2,000 people need three sites of at most 3,000, though 6,000 would be two."""
    placed = place("c", buildings(3, residents=2000, households=700, at_home=0), POLICY, None)
    assert len(placed.buildings) == 3
    assert [note.code for note in placed.notes] == ["site_added"]


def test_a_building_beyond_the_norm_is_served_all_the_same() -> None:
    placed = place("c", buildings(1, residents=4000, households=900, at_home=0), POLICY, None)
    assert [note.code for note in placed.notes] == ["site_crowded"]


def test_no_place_for_a_site_means_any() -> None:
    assert place("c", buildings(2, site_possible=False), POLICY, 1).buildings
