"""Also the mirror of muster.cities.model and muster.cities.errors."""

import shutil
from pathlib import Path

import pytest

import muster.cities.model
from muster.cities import load, names
from muster.cities.errors import BadCity, UnknownCity
from muster.cities.loader import read

DATA = Path(muster.cities.model.__file__).parent / "taiyuan"


def test_taiyuan_has_its_divisions() -> None:
    city = load("taiyuan")
    assert city is load("taiyuan")
    assert names() == ("taiyuan",)
    assert [d.code for d in city.districts] == [
        *range(140105, 140111),
        *(140121, 140122, 140123, 140171, 140181),
    ]
    assert city.place_code == 140100000000
    assert sum(len(d.streets) for d in city.districts) >= 100
    assert city.household.people_per_household == 2.45
    xiaodian = city.district(140105)
    assert not any(street.invented for street in xiaodian.streets)
    assert [(s.code, s.kind) for s in xiaodian.streets][5:9] == [
        (6, "street"),
        (7, "street"),
        (100, "town"),
        (200, "township"),
    ]
    assert xiaodian.street_place_code(xiaodian.streets[6]) == 140105007000
    assert city.district(140109).streets[-1].name == "神堂沟街道"
    assert city.district(140171).streets[0].kind == "other"


def test_the_districts_are_about_the_city() -> None:
    city = load("taiyuan")
    assert sum(d.population for d in city.districts) == pytest.approx(city.population, rel=0.02)
    assert all(37 < d.latitude < 39 and 111 < d.longitude < 113.5 for d in city.districts)


def test_an_unknown_city_is_refused_with_what_is_known() -> None:
    with pytest.raises(UnknownCity, match="taiyuan"):
        load("atlantis")


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("140105.toml", "population =", "pupils =", "pupils"),
        ("140105.toml", "code = 140105", "code = 150105", "not in the city"),
        ("140105.toml", "{ code = 2,", "{ code = 1,", "used twice"),
        ("city.toml", "code = 1401", "code = ", r"city\.toml"),
    ],
)
def test_spoilt_data_is_named(tmp_path: Path, file: str, old: str, new: str, says: str) -> None:
    shutil.copytree(DATA, tmp_path, dirs_exist_ok=True)
    text = (tmp_path / file).read_text("utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(BadCity, match=says):
        read("taiyuan", tmp_path)
