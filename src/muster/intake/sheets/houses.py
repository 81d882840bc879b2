"""The door of a row: three columns, one column, a section row, or the name of the sheet.

Source: SCHEMA B2, B3. A cell that Excel turned into a date (3-2 → 3月2日) is never guessed back.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from muster.intake.addresses import House, parse_house
from muster.intake.sheets.fields import text
from muster.intake.sheets.model import Value
from muster.intake.speech.numerals import WORD, arabic
from muster.intake.writing import fold, simplify

_ENDING = re.compile(r"(?:号楼|#楼|栋|幢|座|#|号|楼)$")
_PLAIN = re.compile(rf"([A-Za-z]?\d{{1,4}}[A-Za-z]?|[A-Za-z]|[东西南北中]|[{WORD}]{{1,5}})")
_UNIT_ENDING = re.compile(r"(?:单元|门|梯)$")
_ROOM_ENDING = re.compile(r"(?:室|户|号|房|号房)$")
_PAIR = re.compile(r"([A-Za-z]?\d{1,3}|[A-Za-z])\s*[-—–~/]\s*(\d{1,2}|[东西南北中])")
_DATE_TEXT = re.compile(
    r"\d{1,2}月\d{1,2}日?|(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?: 00:00:00)?"
    r"|\d{1,2}-[A-Z][a-z]{2}|[A-Z][a-z]{2}-\d{1,2}"
)
_SECTION = re.compile(
    rf"[\s\-—–=*·.#【\[(]*(?P<n>[A-Za-z]?\d{{1,3}}|[A-Za-z]|[{WORD}]{{1,4}})\s*(?:号楼|#楼?|栋|幢|座)[\s\-—–=*·.】\])]*"
)
_SHEET = re.compile(
    rf"(?P<n>[A-Za-z]?\d{{1,3}}|[A-Za-z]|[{WORD}]{{1,4}})(?:号楼|#楼?|栋|幢|座)\s*[(\[]?旧?[)\]]?"
)


@dataclass(frozen=True, slots=True)
class Door:
    """`is_date`: a cell was turned into a date, building and unit are lost."""

    building: str | None = None
    unit: str | None = None
    room: str | None = None
    is_date: bool = False

    def __bool__(self) -> bool:
        return any((self.building, self.unit, self.room))


def is_date(value: Value) -> bool:
    """Whether a house cell has become a date."""
    if isinstance(value, date):
        return True
    return isinstance(value, str) and bool(_DATE_TEXT.fullmatch(fold(value).strip()))


def section_building(row: list[Value]) -> str | None:
    """The building of a section row: one single cell that is a building."""
    filled = {text(v) for v in row if text(v)}
    if len(filled) != 1:
        return None
    match = _SECTION.fullmatch(simplify(fold(filled.pop())))
    return arabic(match["n"]).upper() if match else None


def sheet_building(name: str | None) -> str | None:
    """The building that a sheet is named after: 1号楼, 6#, A座, 3号楼(旧)."""
    match = _SHEET.fullmatch(simplify(fold(name or "")).strip())
    return arabic(match["n"]).upper() if match else None


def read_door(building: Value, unit: Value, room: Value, *, above: str | None = None) -> Door:
    """The door from three columns. A room cell may hold the whole code. `above`: the building of
    the section or the sheet; where another cell or it says the building, 1-502 is unit and room."""
    if is_date(building) or is_date(unit) or is_date(room):
        return Door(room=None if is_date(room) else _room(text(room)).room, is_date=True)
    at_room = _room(text(room))
    at_building = _building(text(building))
    known = at_building.building or above
    if known and at_room.building not in {None, known} and not at_room.unit and not text(unit):
        return Door(known, at_room.building, at_room.room)
    return Door(
        building=at_building.building or at_room.building,
        unit=_unit(text(unit)) or at_building.unit or at_room.unit,
        room=at_room.room or at_building.room,
    )


def read_address(value: Value, *, pair: bool = False) -> Door:
    """The door from an address; the area is dropped. `pair`: `3-2` is a building and a unit."""
    if is_date(value):
        return Door(is_date=True)
    said = text(value)
    if pair:
        match = _PAIR.fullmatch(fold(said))
        if match:
            return Door(arabic(match[1]).upper(), arabic(match[2]))
    return _door(_parsed(said))


def join(first: Door, second: Door) -> Door:
    """`first`, completed from `second`."""
    return replace(
        first,
        building=first.building or (None if first.is_date or second.is_date else second.building),
        unit=first.unit or (None if first.is_date or second.is_date else second.unit),
        room=first.room or second.room,
        is_date=first.is_date or second.is_date,
    )


@lru_cache(maxsize=65_536)
def _parsed(said: str) -> House:
    return parse_house(said)


def _door(house: House) -> Door:
    return Door(house.building, house.unit, house.room)


@lru_cache(maxsize=8192)
def _building(said: str) -> Door:
    plain = _ENDING.sub("", simplify(fold(said)).replace(" ", ""))
    if not plain:
        return Door()
    match = _PLAIN.fullmatch(plain)
    if match:
        return Door(building=arabic(match[1]).upper())
    return _door(_parsed(said))


@lru_cache(maxsize=8192)
def _unit(said: str) -> str | None:
    plain = _UNIT_ENDING.sub("", simplify(fold(said)).replace(" ", ""))
    match = _PLAIN.fullmatch(plain)
    if match:
        return arabic(match[1]).upper()
    return _parsed(said).unit if plain else None


@lru_cache(maxsize=65_536)
def _room(said: str) -> Door:
    plain = _ROOM_ENDING.sub("", simplify(fold(said)).replace(" ", ""))
    if not plain:
        return Door()
    match = _PLAIN.fullmatch(plain)
    if match:
        return Door(room=arabic(match[1]).upper())
    found = _door(_parsed(said))
    return found or Door(room=plain)
