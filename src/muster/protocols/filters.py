"""Who has been recorded already, as a phone may know it: salted hashes, no name and no id.

Eight bytes a person: six of SHA-256(salt + id), two of the table's number; sorted.
``client/field/src/engine/filter.ts`` reads it; ``vectors/filter.json`` holds both.
"""

from bisect import bisect_left
from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID

ENTRY = 8


def mark_of(salt: bytes, person: UUID) -> bytes:
    """The six bytes that stand for somebody."""
    return sha256(salt + person.bytes).digest()[:6]


def filter_of(salt: bytes, recorded: Iterable[tuple[UUID, int]]) -> bytes:
    """The filter over (person, table's number)."""
    return b"".join(sorted(mark_of(salt, p) + table.to_bytes(2, "big") for p, table in recorded))


def table_in(filter_: bytes, salt: bytes, person: UUID) -> int | None:
    """The table that has recorded somebody, or None."""
    mark = mark_of(salt, person)
    entries = range(len(filter_) // ENTRY)
    at = bisect_left(entries, mark, key=lambda i: filter_[i * ENTRY : i * ENTRY + 6])
    found = filter_[at * ENTRY : at * ENTRY + ENTRY]
    return int.from_bytes(found[6:], "big") if found[:6] == mark and len(found) == ENTRY else None
