"""Take all that a phone sends at once: what was done at a table, what was found at doors."""

from collections.abc import Sequence

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
) -> list[Receipt]:
    """Receipts of records, changes, closings, visits in the order of each. Two transactions: what
    is cut off between them is sent again and answered the same.

    Raises `DeviceRefused` (nothing is taken), `BatchTooLarge`.
    """
    if not visits:
        return record_batch(token=token, records=records, changes=changes, closings=closings)
    count = len(records) + len(changes) + len(closings) + len(visits)
    if count > LIMIT:
        raise BatchTooLarge(limit=LIMIT, count=count, reason="")
    receipts: list[Receipt] = []
    if records or changes or closings:
        receipts = record_batch(token=token, records=records, changes=changes, closings=closings)
    return receipts + take_visits(token=token, visits=visits)
