"""``POST /api/sync/sealed``: unsent records of a phone, passed on by another one or by the desk."""

from itertools import batched
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from muster.apps.kits.actions import KitReceipt, take_kit_words
from muster.apps.screening.actions import Receipt, open_sealed, record_batch, take_visits
from muster.apps.screening.actions.records import LIMIT
from muster.apps.screening.errors import SealedUnreadable
from muster.kernel import clock
from muster.web.sync.answers import answering, as_json
from muster.web.sync.batches import parse


class Inside(msgspec.Struct):
    """What is beside the lists of a sealed file."""

    token: str


def take_file(raw: bytes) -> list[Receipt | KitReceipt]:
    """Open a file and record what is in it, as its own phone would have sent it. Sent twice is
    harmless. Raises `SealedUnreadable`, `BatchMalformed`, `DeviceRefused`."""
    try:
        file: dict[str, Any] = msgspec.json.decode(raw, type=dict[str, Any])
        body = open_sealed(file=file)
        token = msgspec.json.decode(body, type=Inside).token
    except msgspec.MsgspecError as error:
        raise SealedUnreadable(reason="it is not JSON") from error
    batch = parse(body)
    receipts: list[Receipt | KitReceipt] = []
    if batch.records or not batch.kits:  # a file with nothing in it names a phone all the same
        receipts += record_batch(token=token, records=batch.records[:LIMIT])
    for records in batched(batch.records[LIMIT:], LIMIT):
        receipts += record_batch(token=token, records=records)
    for changes in batched(batch.changes, LIMIT):
        receipts += record_batch(token=token, records=[], changes=changes)
    for closings in batched(batch.closings, LIMIT):
        receipts += record_batch(token=token, records=[], closings=closings)
    for visits in batched(batch.visits, LIMIT):
        receipts += take_visits(token=token, visits=visits)
    for words in batched(batch.kits, LIMIT):
        receipts += take_kit_words(token=token, words=words)
    return receipts


@require_POST
@answering
def sealed(request: HttpRequest) -> HttpResponse:
    """Take a file."""
    receipts = [
        {"id": r.id, "state": r.state, "code": r.code, "received_at": r.received_at}
        for r in take_file(request.body)
    ]
    return as_json({"receipts": receipts, "now": clock.now()})
