"""The whole city. Also the mirror of muster.demo.generator.divisions, muster.demo.generator.model,
muster.demo.generator.households, muster.demo.generator.organisations,
muster.demo.generator.cadres."""

import time
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from muster.demo.generator import DemoCity, build
from muster.demo.generator.households import NIGHT


def test_the_same_seed_makes_the_same_city(city: DemoCity) -> None:
    started = time.monotonic()
    assert build() == city
    assert time.monotonic() - started < 20  # some two seconds; generous for a busy machine
    assert replace(build(seed=1), seed=city.seed).residents != city.residents


def test_the_places_are_a_tree_below_real_streets(city: DemoCity) -> None:
    places = {place.id: place for place in city.places}
    kinds = Counter(place.kind for place in city.places)
    assert kinds["district"] == 11
    assert kinds["community"] == 540
    assert kinds["door"] == 3312
    for place in city.places:
        assert (place.parent is None) == (place.kind == "city")
        assert place.parent is None or place.parent < place.id
    codes = [place.code for place in city.places if place.kind == "community"]
    assert len(set(codes)) == 540
    assert all(len(str(code)) == 12 for code in codes)
    assert places[city.community].code == 140105007001
    assert {places[estate].parent for estate in city.estates} == {city.community}
    buildings = [place for place in city.places if place.kind == "building"]
    assert all(place.grid and places[place.grid].kind == "grid" for place in buildings)


def test_the_residents_are_as_many_and_as_old_as_the_census_says(city: DemoCity) -> None:
    count = len(city.residents)
    assert 8_000 <= count <= 8_250
    assert count / 3312 == pytest.approx(2.45, abs=0.04)
    ages = [(NIGHT - resident.who.born).days / 365.25 for resident in city.residents]
    assert sum(age < 15 for age in ages) / count == pytest.approx(0.1555, abs=0.03)
    assert sum(age >= 60 for age in ages) / count == pytest.approx(0.1611, abs=0.03)
    assert {r.who.id_kind for r in city.residents} == {
        *("id_card", "passport", "hk_macao", "taiwan", "none")
    }
    assert all(r.who.id_number is None for r in city.residents if r.who.id_kind == "none")
    assert 0.15 < sum(r.floating for r in city.residents) / count < 0.45
    assert all(r.who.born <= date(2022, 4, 3) for r in city.residents)


def test_the_organisations_are_a_tree_by_their_digits(city: DemoCity) -> None:
    assert len(city.organisations) == 2300
    codes = {organisation.code for organisation in city.organisations}
    assert len(codes) == 2300
    for organisation in city.organisations:
        step = 1
        while organisation.code % (step * 1000) == 0:
            step *= 1000
        above = organisation.code - organisation.code % (step * 1000)
        assert organisation.parent == (above or None)
        assert above == 0 or above in codes
    kinds = Counter(organisation.kind for organisation in city.organisations)
    assert set(kinds) == {
        *("committee", "office", "party_branch", "enterprise", "school", "hospital")
    }
    assert sum(organisation.headcount for organisation in city.organisations) == 40_000


def test_the_cadres_know_unit_and_home(city: DemoCity) -> None:
    assert len(city.cadres) == 40_000
    heads = Counter(cadre.unit for cadre in city.cadres)
    assert all(heads[o.code] == o.headcount for o in city.organisations)
    numbers = {cadre.who.id_number for cadre in city.cadres}
    assert len(numbers) == 40_000
    residents = {resident.id: resident for resident in city.residents}
    here = [cadre for cadre in city.cadres if cadre.resident is not None]
    assert len(here) == 130
    for cadre in here:
        resident = residents[cadre.resident or 0]
        assert (cadre.who, cadre.home) == (resident.who, resident.door)
    assert any(cadre.qualifications == ("medical",) for cadre in city.cadres)


def test_neighbours_and_staff_are_as_the_report_says(city: DemoCity) -> None:
    assert len(city.neighbours) >= 80
    assert sum(n.party_member for n in city.neighbours) > len(city.neighbours) / 2
    assert len({n.resident for n in city.neighbours}) == len(city.neighbours)
    assert 20 <= len(city.staff) < 30
    kinds = Counter(person.kind for person in city.staff)
    assert kinds["secretary"] == 1
    assert kinds["grid_worker"] == 9
    assert {person.stays_in for person in city.staff} == set(city.estates)
