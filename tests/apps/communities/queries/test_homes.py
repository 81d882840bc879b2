"""Where people live, and have lived."""

from muster.apps.audit.actions import act_as
from muster.apps.communities.actions import Arrival, move_in
from muster.apps.communities.queries.homes import homes_now, persons_behind, residences_of
from tests.support.city import HERE, SmallCity


def test_homes_doors_and_the_past(city: SmallCity) -> None:
    me = city.residents[0]
    with act_as(city.secretary):
        home = homes_now([me, city.strangers[0]])[me]
        assert (home.label, home.estate, home.head) == ("1-1-101", "晨光花园", True)
        assert home.path[-1] == home.place == city.places["D1111"]
        assert len(homes_now([me, city.strangers[0]])) == 1
        assert len(persons_behind("1-1-101", low=HERE, high=HERE)) == 4
        move_in(arrivals=[Arrival(person=me, place=city.places["D2111"], area=HERE)])
        assert homes_now([me])[me].estate == "晨光新村"
        assert [r.until is None for r in residences_of(me)] == [True, False]
    with act_as(city.other_secretary):
        assert homes_now([me]) == {}
        assert persons_behind("1-1", low=HERE, high=HERE) == []
