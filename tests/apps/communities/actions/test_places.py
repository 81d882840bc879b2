"""The tree of places; who lives where in time (`muster.apps.communities.actions.residents`)."""

from datetime import timedelta

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.communities.actions import Arrival, NewPlace, move_in, register_places
from muster.apps.communities.errors import ParentMissing
from muster.apps.communities.models import Place, Residence
from muster.apps.people.errors import NotAllowed
from muster.kernel import clock
from tests.support.city import HERE, THERE, SmallCity


def test_paths_run_from_the_root_to_the_place(city: SmallCity) -> None:
    door = Place.objects.get(id=city.places["D2213"])
    path = ["P", "C", "X", "S", "H", "E2", "B22", "U221", "D2213"]
    assert door.path == [city.places[k] for k in path]
    assert (door.parent_id, door.label, door.area) == (city.places["U221"], "2-1-301", HERE)


def test_a_stair_is_added_below_what_is_there(city: SmallCity) -> None:
    with act_as(city.secretary):
        made = register_places(
            within=HERE,
            places=[
                NewPlace(key="u", parent=city.places["B11"], kind="unit", name="3单元", area=HERE),
                NewPlace(key="d", parent="u", kind="door", name="101", area=HERE, aliases=["甲"]),
            ],
        )
    door = Place.objects.get(id=made["d"])
    assert door.path[-3:] == [city.places["B11"], made["u"], made["d"]]
    assert door.aliases == ["甲"]


def test_a_place_without_its_parent_is_refused_whole(city: SmallCity) -> None:
    before = Place.objects.count()
    orphan = NewPlace(key="x", parent="nowhere", kind="door", name="x", area=HERE)
    fine = NewPlace(key="y", parent=city.places["B11"], kind="unit", name="y", area=HERE)
    with act_as(city.secretary):
        with pytest.raises(ParentMissing):
            register_places(places=[fine, orphan], within=HERE)
        with pytest.raises(NotAllowed):
            register_places(places=[fine], within=THERE)
    assert Place.objects.count() == before


def test_moving_in_is_moving_out_of_the_old_home(city: SmallCity) -> None:
    me = city.residents[0]
    with act_as(city.secretary):
        assert move_in(arrivals=[Arrival(person=me, place=city.places["D2111"], area=HERE)]) == 1
        homes = Residence.objects.filter(person=me).order_by("since")
        assert [(r.place_id, r.until is None) for r in homes] == [
            (city.places["D1111"], False),
            (city.places["D2111"], True),
        ]
        assert homes[0].until is not None
        assert clock.now() - homes[0].until < timedelta(minutes=1)
    with act_as(city.other_secretary), pytest.raises(NotAllowed):
        move_in(arrivals=[Arrival(person=me, place=city.places["D2111"], area=HERE)])
    with as_system("look"):
        assert Residence.objects.filter(until=None).count() == 48
