"""Reads a city's folder: `city.toml` and one file a district."""

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import msgspec

from muster.cities.errors import BadCity, UnknownCity
from muster.cities.model import City


def names() -> tuple[str, ...]:
    """The cities that ship with Muster."""
    entries = files(__package__).iterdir()
    return tuple(
        sorted(e.name for e in entries if e.is_dir() and e.joinpath("city.toml").is_file())
    )


@cache
def load(name: str) -> City:
    """The city called `name`, read once. Raises `UnknownCity` and `BadCity`."""
    if name not in names():
        raise UnknownCity(name=name, known=", ".join(names()))
    return read(name, files(__package__).joinpath(name))


def read(name: str, folder: Traversable) -> City:
    """The city in `folder`; every other TOML file in it is a district."""
    head = _table(name, folder.joinpath("city.toml"))
    parts = sorted(
        (e for e in folder.iterdir() if e.name.endswith(".toml") and e.name != "city.toml"),
        key=lambda entry: entry.name,
    )
    districts = [_table(name, part) for part in parts]
    try:
        city = msgspec.convert({"key": name, **head, "districts": districts}, City)
    except msgspec.ValidationError as error:
        raise BadCity(name=name, file="*.toml", reason=str(error)) from error
    _check(city)
    return city


def _table(name: str, file: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (FileNotFoundError, tomllib.TOMLDecodeError) as error:
        raise BadCity(name=name, file=file.name, reason=str(error)) from error


def _check(city: City) -> None:
    seen: set[int] = set()
    for district in city.districts:
        file = f"{district.code}.toml"
        if district.code // 100 != city.code:
            raise BadCity(name=city.key, file=file, reason=f"{district.code} is not in the city")
        codes = [district.street_place_code(street) for street in district.streets]
        twice = seen & set(codes) or len(set(codes)) != len(codes)
        if twice:
            raise BadCity(name=city.key, file=file, reason="a street code is used twice")
        seen |= set(codes)
