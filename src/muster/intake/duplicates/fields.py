"""What is compared and how, as data."""

from dataclasses import dataclass
from enum import StrEnum


class Compare(StrEnum):
    """NAME: Chinese names, by characters and by sound. CODE: numbers, a slip of one or two digits.
    TEXT: words with typos. DATE: eight digits, one part wrong or swapped."""

    NAME = "name"
    CODE = "code"
    TEXT = "text"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Field:
    """`by_frequency`: agreeing on a rare value is worth more than on a common one."""

    name: str
    compare: Compare
    by_frequency: bool = False


PEOPLE = (
    Field("name", Compare.NAME, by_frequency=True),
    Field("phone", Compare.CODE),
    Field("id_number", Compare.CODE),
    Field("door", Compare.CODE),
    Field("birth_date", Compare.DATE),
)
# Pairs are looked at that agree on every part of one rule. `name~` is the sound of the name.
PEOPLE_RULES = (
    ("id_number",),
    ("phone",),
    ("door", "name~"),
    ("name~", "birth_date"),
    ("door", "birth_date"),
)
