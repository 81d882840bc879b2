"""What a phone says, and what it hears back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

LIMIT = 500
"""Entries of a batch at most."""


@dataclass(frozen=True, slots=True)
class Record:
    """This person went into that tube. `said`: whatever was typed where the person is not known
    (name, door, number); kept only while the record is held. `size`: how many the tube may hold
    by the recorder's choice, 0 for one household's; None is the round's."""

    id: UUID
    tube: str
    taken_at: datetime
    person: UUID | None = None
    said: Mapping[str, Any] | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class SentChange:
    """`record` does not count (`void`), or its swab is in another `tube` (`move`)."""

    id: UUID
    record: UUID
    kind: str
    made_at: datetime
    tube: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SentClosing:
    """The recorder closed `tube` with `count` swabs in hand; `reason` where it is not full."""

    id: UUID
    tube: str
    count: int
    closed_at: datetime
    household: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of an entry. `received_at` is the server's time."""

    id: UUID
    state: str
    code: str
    received_at: datetime
