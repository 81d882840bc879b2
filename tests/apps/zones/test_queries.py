"""Which level holds where and why; who is inside."""

from datetime import timedelta

from muster.apps.audit.actions import act_as
from muster.apps.communities.queries.places import place_of
from muster.apps.zones.actions import NewItem
from muster.apps.zones.queries import (
    homes_of,
    in_force,
    level_of_person,
    level_of_place,
    orders,
    people_inside,
    stays,
)
from tests.apps.zones.test_actions import order
from tests.support.city import DUSK, HERE, THERE, SmallCity


def test_a_single_stair_and_an_exclusion(city: SmallCity) -> None:
    p = city.places
    made = order(
        city, "1",
        NewItem(place=p["E1"], level="control"),
        NewItem(place=p["U111"], level="lockdown"),
        NewItem(place=p["B12"], level="control", excluded=True),
    )  # fmt: skip
    assert level_of_place(p["D1111"], DUSK).level == "lockdown"
    assert level_of_place(p["D1121"], DUSK).level == "control"
    assert level_of_place(p["D1211"], DUSK).level is None
    with act_as(city.headquarters):
        assert people_inside(made.id) == 12


def test_the_order_that_decided_is_named(city: SmallCity) -> None:
    p = city.places
    order(city, "1", NewItem(place=p["H"], level="precaution"))
    second = order(city, "2", NewItem(place=p["E1"], level="lockdown"), hours=1)
    force = in_force(DUSK + timedelta(hours=1))
    assert force.order_of(force.level(place_of(p["D1111"]).path)) == second
    assert force.level(place_of(p["D2111"]).path).level == "precaution"
    assert force.order_of(force.level(place_of(p["T"]).path)) is None


def test_people_by_their_homes(city: SmallCity) -> None:
    order(city, "1", NewItem(place=city.places["E1"], level="lockdown"))
    inside, outside, nowhere = city.residents[0], city.residents[24], city.strangers[0]
    with act_as(city.headquarters):
        assert homes_of([inside, nowhere]) == {inside: place_of(city.places["D1111"]).path}
        assert level_of_person(inside, DUSK).level == "lockdown"
        assert level_of_person(outside, DUSK).level is None
        assert level_of_person(nowhere, DUSK).level is None


def test_orders_newest_first_with_their_places(city: SmallCity) -> None:
    first = order(city, "1", NewItem(place=city.places["E1"], level="lockdown"))
    second = order(city, "2", NewItem(place=city.places["E2"], level="lockdown"), hours=1)
    assert orders(low=HERE, high=HERE) == [second, first]
    assert [i.place.name for i in orders(low=HERE, high=HERE)[0].items.all()] == ["晨光新村"]
    assert orders(low=THERE, high=THERE) == []


def test_stays_are_the_levels_of_a_place_through_time(city: SmallCity) -> None:
    p = city.places
    order(city, "1", NewItem(place=p["E1"], level="control"))
    order(city, "2", NewItem(place=p["E1"], level="lockdown"), hours=30)
    paths = {key: place_of(p[key]).path for key in ("E1", "E2")}
    found = stays({p[key]: path for key, path in paths.items()}, DUSK + timedelta(hours=40))
    assert [(s.level, s.since, s.until) for s in found[p["E1"]]] == [
        ("control", DUSK, DUSK + timedelta(hours=30)),
        ("lockdown", DUSK + timedelta(hours=30), None),
    ]
    assert found[p["E2"]] == []
    early = stays({p["E1"]: paths["E1"]}, DUSK + timedelta(hours=1))
    assert [(s.level, s.until) for s in early[p["E1"]]] == [("control", None)]


def test_an_order_that_ends_ends_the_stay(city: SmallCity) -> None:
    p = city.places
    made = order(city, "1", NewItem(place=p["E1"], level="lockdown"))
    ended = DUSK + timedelta(hours=10)
    with act_as(city.headquarters):
        type(made).objects.filter(id=made.id).update(ended_at=ended)
    path = place_of(p["E1"]).path
    found = stays({p["E1"]: path}, DUSK + timedelta(hours=20))
    assert [(s.level, s.until) for s in found[p["E1"]]] == [("lockdown", ended)]
