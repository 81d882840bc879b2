"""A chain and its entries, as SCHEMA part A names them."""

from dataclasses import dataclass, field
from enum import StrEnum

from muster.intake.addresses import House
from muster.intake.speech.goods import Item
from muster.intake.speech.times import Availability


class Kind(StrEnum):
    SIGNUP = "signup"
    NEEDS = "needs"
    HEADCOUNT = "headcount"


class Flag(StrEnum):
    PLACEHOLDER = "placeholder"
    DUPLICATE_NAME = "duplicate_name"
    DUPLICATE_NUMBER = "duplicate_number"
    AMBIGUOUS = "ambiguous"
    UNPARSED = "unparsed"


@dataclass(slots=True)
class Entry:
    """One line of a chain. Unknown is None, an empty list says nothing; `raw` is the text as
    pasted, its lines joined by LF. `people` counts heads of a sign-up."""

    no: int | None = None
    name: str | None = None
    others: list[str] = field(default_factory=list)
    is_nickname: bool = False
    people: int = 1
    phones: list[str] = field(default_factory=list)
    house: House | None = None
    org: str | None = None
    party_member: bool | None = None
    skills: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    availability: list[Availability] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    present: int | None = None
    expected: int | None = None
    cancelled: bool = False
    flags: list[str] = field(default_factory=list)
    note: str | None = None
    raw: str = ""

    def flag(self, flag: Flag) -> None:
        """Add a flag; flags stay sorted and each is there once."""
        self.flags = sorted({*self.flags, flag.value})

    @property
    def is_placeholder(self) -> bool:
        return Flag.PLACEHOLDER in self.flags

    def to_json(self) -> dict[str, object]:
        return {
            "no": self.no,
            "name": self.name,
            "others": self.others,
            "is_nickname": self.is_nickname,
            "people": self.people,
            "phones": self.phones,
            "house": self.house.to_json() if self.house else None,
            "org": self.org,
            "party_member": self.party_member,
            "skills": self.skills,
            "roles": self.roles,
            "availability": [a.to_json() for a in self.availability],
            "items": [i.to_json() for i in self.items],
            "present": self.present,
            "expected": self.expected,
            "cancelled": self.cancelled,
            "flags": self.flags,
            "note": self.note,
            "raw": self.raw,
        }


@dataclass(slots=True)
class Chain:
    kind: Kind
    title: str | None
    example: str | None
    tail: str | None
    entries: list[Entry]

    def to_json(self) -> dict[str, object]:
        return {
            "kind": self.kind.value,
            "title": self.title,
            "example": self.example,
            "tail": self.tail,
            "entries": [e.to_json() for e in self.entries],
        }

    @property
    def doubtful(self) -> list[Entry]:
        """Entries a person has to look at; placeholders are not among them."""
        return [e for e in self.entries if e.flags and not e.is_placeholder]


@dataclass(slots=True)
class ChainDocument:
    """`ignored`: lines that belong to no chain (chat headers, text before the first marker)."""

    chains: list[Chain]
    ignored: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, object]:
        return {"chains": [c.to_json() for c in self.chains], "ignored": self.ignored}
