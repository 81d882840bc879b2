"""What is compared and how, as data."""

from dataclasses import dataclass
from enum import StrEnum


class Compare(StrEnum):
    """NAME: Chinese names, by characters and by sound. PHONE, IDENTITY: numbers, one slip; an old
    15-digit number is the same as the 18-digit one. DOOR: however it is spelt. CODE: other numbers,
    a slip or two. TEXT: words with typos. DATE: eight digits, one part wrong or swapped."""

    NAME = "name"
    PHONE = "phone"
    IDENTITY = "identity"
    DOOR = "door"
    CODE = "code"
    TEXT = "text"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Field:
    """`by_frequency`: agreeing on a rare value is worth more than on a common one. `household`: a
    family shares it, so that agreeing on several of these counts once, and the other fields are
    then held against what relatives have in common, not strangers."""

    name: str
    compare: Compare
    by_frequency: bool = False
    household: bool = False


PEOPLE = (
    Field("name", Compare.NAME, by_frequency=True),
    Field("phone", Compare.PHONE, by_frequency=True, household=True),
    Field("id_number", Compare.IDENTITY),
    Field("door", Compare.DOOR, by_frequency=True, household=True),
    Field("birth_date", Compare.DATE),
)
# Pairs are looked at that agree on every part of one rule. `name~` is the sound of the name.
PEOPLE_RULES = (
    ("id_number",),
    ("phone",),
    ("door",),
    ("door", "name~"),
    ("name~", "birth_date"),
    ("door", "birth_date"),
)
