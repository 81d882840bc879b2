"""One spelling of a value, so that equal things are equal strings before anything is compared."""

import re
from collections.abc import Callable
from functools import lru_cache

from muster.intake.addresses import parse_house
from muster.intake.duplicates.fields import Compare
from muster.intake.writing import fold, simplify

_MOBILE = re.compile(r"1\d{10}")
_PLAIN_DOOR = re.compile(r"[^\W\d_]*\d{1,3}-\d{1,2}-\d{3,4}")
_NOT_DIGITS = re.compile(r"\D")


def normalise(value: object) -> str:
    """A value as it is compared: NFKC, simplified, without spaces, lower case."""
    return "".join(simplify(fold(str(value))).lower().split()) if value is not None else ""


def phone(value: object) -> str:
    """Digits, without the country."""
    said = normalise(value)
    if _MOBILE.fullmatch(said) or "*" in said:
        return said
    digits = _NOT_DIGITS.sub("", said)
    return digits[-11:] if len(digits) > 11 and digits[-11] == "1" else digits


def identity(value: object) -> str:
    """A resident ID as its first 17 digits: a 15-digit one says the same without the century."""
    said = normalise(value)
    if len(said) == 15 and said.isdigit():
        return f"{said[:6]}19{said[6:]}"
    return said[:17] if len(said) == 18 and said[:17].isdigit() else said


def door(value: object) -> str:
    """The same door spelt in any of the ways of `muster.intake.addresses`."""
    return _door(normalise(value))


@lru_cache(maxsize=262_144)
def _door(said: str) -> str:
    if not said or _PLAIN_DOOR.fullmatch(said):
        return said
    house = parse_house(said)
    if not house.room:
        return said
    parts = (house.building, house.unit, house.room)
    return (house.area or "").lower() + "-".join(p or "" for p in parts).lower()


SPELLINGS: dict[Compare, Callable[[object], str]] = {
    Compare.PHONE: phone,
    Compare.IDENTITY: identity,
    Compare.DOOR: door,
}
