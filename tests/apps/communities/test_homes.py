"""`muster.apps.communities.queries.homes`: where people live."""

from muster.apps.audit.actions import act_as
from muster.apps.communities.queries.homes import homes_now, persons_behind, residences_of
from tests.support.city import HERE, SmallCity


def test_homes_with_estate_and_door(city: SmallCity) -> None:
    with act_as(city.secretary):
        home = homes_now(city.residents[:1])[city.residents[0]]
        assert (home.label, home.estate, home.head) == ("1-1-101", "晨光花园", True)
        assert home.path[-1] == home.place
        assert len(residences_of(city.residents[0])) == 1
        assert homes_now(city.strangers) == {}


def test_people_behind_a_door_and_a_stair(city: SmallCity) -> None:
    with act_as(city.secretary):
        assert len(persons_behind("1-1-101", low=HERE, high=HERE)) == 4
        assert len(persons_behind("1-1", low=HERE, high=HERE)) == 12
    with act_as(city.other_secretary):
        assert not persons_behind("1-1", low=HERE, high=HERE)
