"""What a phone's request brings, parsed: strict about shape, lenient about what it says."""

import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from django.http import HttpRequest
from msgspec import UNSET, UnsetType

from muster.apps.kits.actions import SentKitWord
from muster.apps.screening.actions import Record, SentChange, SentClosing, SentVisit
from muster.apps.screening.errors import BatchMalformed

UNPACKED_LIMIT = 2_000_000
"""Bytes of a batch after decompression: 500 records with everything said."""

CODE_LIMIT = 64
NUL = b"\\u0000"
"""NUL in JSON text."""
CLOCK = (datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))
"""A phone's clock decides nothing; what lies outside is kept as the nearer end."""


class RecordSent(msgspec.Struct, forbid_unknown_fields=True):
    """One record as a phone sends it."""

    id: UUID
    tube: str
    taken_at: datetime
    person: UUID | None = None
    said: dict[str, Any] | None = None
    size: Annotated[int, msgspec.Meta(ge=0, le=100)] | None = None


class ChangeSent(msgspec.Struct, forbid_unknown_fields=True):
    """One change as a phone sends it."""

    id: UUID
    record: UUID
    kind: Literal["void", "move"]
    made_at: datetime
    tube: str = ""
    reason: Annotated[str, msgspec.Meta(max_length=200)] = ""


class ClosingSent(msgspec.Struct, forbid_unknown_fields=True):
    """One closing as a phone sends it."""

    id: UUID
    tube: str
    count: Annotated[int, msgspec.Meta(ge=0, le=1000)]
    closed_at: datetime
    household: bool = False
    reason: Annotated[str, msgspec.Meta(max_length=200)] = ""


class VisitSent(msgspec.Struct, forbid_unknown_fields=True):
    """What was found at a door, as a phone sends it."""

    id: UUID
    outcome: Literal[
        "away", "refused", "exempt", "home_visit", "not_found", "came", "moved", "undo"
    ]
    made_at: datetime
    person: UUID | None = None
    undoes: UUID | None = None
    rule: Annotated[str, msgspec.Meta(max_length=32)] = ""
    until: date | None = None
    note: Annotated[str, msgspec.Meta(max_length=200)] = ""


class KitWordSent(msgspec.Struct, forbid_unknown_fields=True):
    """What was done with kits at a door, as a phone sends it."""

    id: UUID
    kind: Literal["issue", "result", "undo"]
    made_at: datetime
    door: Annotated[int, msgspec.Meta(ge=1, le=2**62)] | None = None
    day: Annotated[int, msgspec.Meta(ge=0, le=1000)] | None = None
    kits: Annotated[int, msgspec.Meta(ge=1, le=1000)] | None = None
    store: UUID | None = None
    person: UUID | None = None
    value: Annotated[str, msgspec.Meta(max_length=10)] = ""
    undoes: UUID | None = None


class Sent(msgspec.Struct):
    """The body of a request."""

    records: list[RecordSent] | UnsetType = UNSET
    changes: list[ChangeSent] | UnsetType = UNSET
    closings: list[ClosingSent] | UnsetType = UNSET
    visits: list[VisitSent] | UnsetType = UNSET
    kits: list[KitWordSent] | UnsetType = UNSET


@dataclass(frozen=True, slots=True)
class Batch:
    """What a request brought, storable."""

    records: list[Record]
    changes: list[SentChange]
    closings: list[SentClosing]
    visits: list[SentVisit]
    kits: list[SentKitWord]


_decoder = msgspec.json.Decoder(Sent)


def unpack(request: HttpRequest) -> Batch:
    """The entries of a request. Raises `BatchMalformed`: cut off, not JSON, a field is wrong."""
    body = request.body
    try:
        if request.headers.get("Content-Encoding") == "gzip":
            body = inflate(body)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise BatchMalformed(reason=str(error)[:200]) from error
    return parse(body)


def parse(body: bytes) -> Batch:
    """The entries of a JSON body. Raises `BatchMalformed`."""
    try:
        sent = _decoder.decode(body)
    except msgspec.MsgspecError as error:
        raise BatchMalformed(reason=str(error)[:200]) from error
    lists = (sent.records, sent.changes, sent.closings, sent.visits, sent.kits)
    if all(x is UNSET for x in lists):
        raise BatchMalformed(reason="records, changes, closings, visits or kits must be there")
    clean = _storable if NUL in body else _as_it_is
    return Batch(
        [
            Record(r.id, clean(_code(r.tube)), _moment(r.taken_at), r.person, clean(r.said), r.size)
            for r in sent.records or ()
        ],
        [
            SentChange(
                c.id, c.record, c.kind, _moment(c.made_at), clean(_code(c.tube)), clean(c.reason)
            )
            for c in sent.changes or ()
        ],
        [
            SentClosing(
                c.id,
                clean(_code(c.tube)),
                c.count,
                _moment(c.closed_at),
                c.household,
                clean(c.reason),
            )
            for c in sent.closings or ()
        ],
        [_visit(v, clean) for v in sent.visits or ()],
        [_kit_word(w, clean) for w in sent.kits or ()],
    )


def _visit(sent: VisitSent, clean: Callable[[str], str]) -> SentVisit:
    if (sent.outcome == "undo") is (sent.undoes is None):
        raise BatchMalformed(reason="undoes goes with undo")
    if sent.outcome != "undo" and sent.person is None:
        raise BatchMalformed(reason="a visit needs its person")
    return SentVisit(
        sent.id,
        sent.outcome,
        _moment(sent.made_at),
        sent.person,
        sent.undoes,
        clean(sent.rule),
        sent.until,
        clean(sent.note),
    )


NEEDED = {
    "issue": ("door", "day", "kits", "store"),
    "result": ("door", "day", "person", "value"),
    "undo": ("undoes",),
}


def _kit_word(sent: KitWordSent, clean: Callable[[str], str]) -> SentKitWord:
    for field in NEEDED[sent.kind]:
        if getattr(sent, field) in (None, ""):
            raise BatchMalformed(reason=f"{field} goes with {sent.kind}")
    if sent.undoes is not None and sent.kind != "undo":
        raise BatchMalformed(reason="undoes goes with undo")
    return SentKitWord(
        sent.id,
        sent.kind,
        _moment(sent.made_at),
        sent.door,
        sent.day,
        sent.kits,
        sent.store,
        sent.person,
        clean(sent.value),
        sent.undoes,
    )


def _code(text: str) -> str:
    if len(text) > CODE_LIMIT:
        raise BatchMalformed(reason=f"a tube's code has at most {CODE_LIMIT} characters")
    return text


def _moment(told: datetime) -> datetime:
    if told.tzinfo is None:
        raise BatchMalformed(reason="a moment needs its zone")
    return min(max(told, CLOCK[0]), CLOCK[1])


def _as_it_is[V](value: V) -> V:
    return value


def _storable(value: Any) -> Any:
    """The value with U+FFFD for NUL, which the database cannot hold: the record is still there, and
    held for a person if that spoils it."""
    match value:
        case str():
            return value.replace("\0", "\N{REPLACEMENT CHARACTER}")
        case dict():
            return {_storable(k): _storable(v) for k, v in value.items()}
        case list():
            return [_storable(v) for v in value]
        case _:
            return value


def inflate(body: bytes) -> bytes:
    """A gzip body unpacked. Raises `BatchMalformed` for one that grows too large, `EOFError` for
    one that is cut off."""
    unpacked = zlib.decompressobj(wbits=31)
    text = unpacked.decompress(body, UNPACKED_LIMIT)
    if unpacked.unconsumed_tail:
        raise BatchMalformed(reason="too large after decompression")
    if not unpacked.eof:
        raise EOFError("the batch is cut off")
    return text
