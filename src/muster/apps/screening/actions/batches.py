"""Take all that a phone sends at once: what was done at a table, what was found at doors, kits."""

from collections.abc import Sequence

from muster.apps.kits.actions import KitReceipt, SentKitWord, take_kit_words
from muster.apps.screening.actions.records import (
    LIMIT,
    Receipt,
    Record,
    SentChange,
    SentClosing,
    record_batch,
)
from muster.apps.screening.actions.visits import SentVisit, take_visits
from muster.apps.screening.errors import BatchTooLarge


def take_batch(
    *,
    token: str,
    records: Sequence[Record] = (),
    changes: Sequence[SentChange] = (),
    closings: Sequence[SentClosing] = (),
    visits: Sequence[SentVisit] = (),
    kits: Sequence[SentKitWord] = (),
) -> list[Receipt | KitReceipt]:
    """Receipts of records, changes, closings, visits, kits in the order of each. A transaction for
    a table, one for doors, one for kits: what is cut off between them is sent again and answered
    the same. A phone belongs to a round or to a series of kits: it has no word in the other.

    Raises `DeviceRefused`, `BatchTooLarge`.
    """
    if not visits and not kits:
        return [*record_batch(token=token, records=records, changes=changes, closings=closings)]
    count = len(records) + len(changes) + len(closings) + len(visits) + len(kits)
    if count > LIMIT:
        raise BatchTooLarge(limit=LIMIT, count=count, reason="")
    receipts: list[Receipt | KitReceipt] = []
    if records or changes or closings:
        receipts += record_batch(token=token, records=records, changes=changes, closings=closings)
    if visits:
        receipts += take_visits(token=token, visits=visits)
    return receipts + (take_kit_words(token=token, words=kits) if kits else [])
