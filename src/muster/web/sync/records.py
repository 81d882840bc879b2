"""The batch endpoint: many records in, one receipt for each out.

``POST /api/sync/records`` with ``Authorization: Device <token>`` and a JSON body (gzip allowed)::

    {"records": [{"id": "<UUIDv7>", "tube": "LC0000000001", "taken_at": "2022-04-03T21:04:05+08:00",
                  "person": "<id>" | null, "said": {"name": "…", "door": "…"} | null}]}

answers 200 with ``{"receipts": [{"id", "state", "code", "received_at"}], "now": "…"}`` in the same
order; `state` is accepted, flagged, held or void. 401: the phone is not enrolled. 422: the
batch as a whole cannot be read; nothing of it was taken. 503 with Retry-After: send it again later.
See docs/reference/sync.md.
"""

import gzip
import zlib
from collections import Counter
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from muster.apps.screening.actions.record import Record, record_batch
from muster.apps.screening.errors import BatchMalformed, DeviceRefused
from muster.kernel import clock
from muster.kernel.errors import MusterError, Unavailable
from muster.web.metrics import RECORDS
from muster.web.problems import problem_json

UNPACKED_LIMIT = 2_000_000
"""Bytes of a batch after decompression: 500 records with everything said."""

NUL = b"\\u0000"
"""NUL in JSON text."""
CLOCK = (datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))
"""A phone's clock decides nothing; what lies outside is kept as the nearer end."""


class SentRecord(msgspec.Struct, forbid_unknown_fields=True):
    """One record as a phone sends it."""

    id: UUID
    tube: str
    taken_at: datetime
    person: UUID | None = None
    said: dict[str, Any] | None = None


class Batch(msgspec.Struct):
    """The body of a request."""

    records: list[SentRecord]


_decoder = msgspec.json.Decoder(Batch)
_encoder = msgspec.json.Encoder()


def unpack(request: HttpRequest) -> list[Record]:
    """The records of a request. Raises `BatchMalformed`: cut off, not JSON, a field is wrong."""
    body = request.body
    try:
        if request.headers.get("Content-Encoding") == "gzip":
            body = _inflate(body)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise BatchMalformed(reason=str(error)[:200]) from error
    return read_batch(body)


def read_batch(body: bytes) -> list[Record]:
    """The records of a JSON text. Raises `BatchMalformed`."""
    try:
        batch = _decoder.decode(body)
    except msgspec.MsgspecError as error:
        raise BatchMalformed(reason=str(error)[:200]) from error
    foul = NUL in body
    for record in batch.records:
        if record.taken_at.tzinfo is None or len(record.tube) > 64:
            raise BatchMalformed(reason="taken_at needs a zone, tube at most 64 characters")
    return [
        Record(
            r.id,
            _storable(r.tube) if foul else r.tube,
            min(max(r.taken_at, CLOCK[0]), CLOCK[1]),
            r.person,
            _storable(r.said) if foul else r.said,
        )
        for r in batch.records
    ]


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


def _inflate(body: bytes) -> bytes:
    unpacked = zlib.decompressobj(wbits=31)
    text = unpacked.decompress(body, UNPACKED_LIMIT)
    if unpacked.unconsumed_tail:
        raise BatchMalformed(reason="too large after decompression")
    if not unpacked.eof:
        raise EOFError("the batch is cut off")
    return text


def device_token(request: HttpRequest) -> str:
    """The token of the Authorization header. Raises `DeviceRefused`."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Device" or not token:
        raise DeviceRefused
    return token.strip()


@csrf_exempt
@require_POST
def records(request: HttpRequest) -> HttpResponse:
    """Take a batch."""
    try:
        receipts = record_batch(token=device_token(request), records=unpack(request))
    except DeviceRefused as error:
        response = problem_json(error)
        response.status_code = 401
        return response
    except MusterError as error:
        return problem_json(error)
    except OperationalError:
        return problem_json(Unavailable(retry_after=3))
    for state, count in Counter(r.state for r in receipts).items():
        RECORDS.labels(state).inc(count)
    body = {
        "receipts": [
            {"id": r.id, "state": r.state, "code": r.code, "received_at": r.received_at}
            for r in receipts
        ],
        "now": clock.now(),
    }
    return HttpResponse(_encoder.encode(body), content_type="application/json")
