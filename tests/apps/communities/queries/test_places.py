"""Places by id, code, name; how many live there."""

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.communities.errors import PlaceNotFound
from muster.apps.communities.queries.places import (
    ancestors,
    below,
    count_places,
    estates_of,
    find_places,
    labels_of,
    place_of,
    place_with_code,
    places,
    residents_per_place,
)
from tests.support.city import HERE, SmallCity


def test_up_and_down_the_tree(city: SmallCity) -> None:
    p = city.places
    assert [a.id for a in ancestors(place_of(p["B11"]))][-3:] == [p["H"], p["E1"], p["B11"]]
    assert {b.id for b in below(p["B11"], "unit")} == {p["U111"], p["U112"]}
    assert below(p["B11"]).count() == 8
    assert [e.id for e in estates_of(HERE)] == city.estates
    assert [x.id for x in places([p["E2"], -1, p["E1"]])] == [p["E2"], p["E1"]]
    assert labels_of([p["D1111"]]) == {p["D1111"]: "1-1-101"}
    assert place_with_code(HERE).name == "晨光社区"
    assert count_places() == len(p)
    for missing in (lambda: place_of(-1), lambda: place_with_code(1)):
        with pytest.raises(PlaceNotFound):
            missing()


def test_residents_at_every_level_within_reach(city: SmallCity) -> None:
    wanted = [city.places[k] for k in ("H", "E1", "U111", "D1111", "T")]
    with act_as(city.secretary):
        assert list(residents_per_place(wanted).values()) == [48, 24, 6, 2, 0]
    with act_as(city.other_secretary):
        assert set(residents_per_place(wanted).values()) == {0}


def test_found_by_name_or_address_but_no_doors(city: SmallCity) -> None:
    assert {p.name for p in find_places("晨光")} == {"晨光社区", "晨光花园", "晨光新村"}
    assert {p.kind for p in find_places("1-1")} == {"unit"}
    assert find_places("  ") == []
    assert len(find_places("号楼", limit=3)) == 3
