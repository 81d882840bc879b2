"""Take a batch: two round trips to the database and a commit, however many records there are.

Who comes into a tube that has its result already is recalled like the others of the tube."""

from collections.abc import Sequence

import psycopg

from muster.apps.audit.actions import as_system, fast_lane
from muster.apps.screening.actions.records.changes import take_changes
from muster.apps.screening.actions.records.closings import take_closings
from muster.apps.screening.actions.records.entries import (
    LIMIT,
    Receipt,
    Record,
    SentChange,
    SentClosing,
)
from muster.apps.screening.actions.records.facts import (
    LOAD,
    Known,
    Sender,
    add_households,
    asked,
    loaded,
)
from muster.apps.screening.actions.records.saving import judge, save
from muster.apps.screening.actions.records.tubes import resulted_of
from muster.apps.screening.actions.results import follow_tubes
from muster.apps.screening.errors import BatchTooLarge
from muster.protocols.actors import Actor
from muster.protocols.devices import DeviceToken


def record_batch(
    *,
    token: str,
    records: Sequence[Record],
    changes: Sequence[SentChange] = (),
    closings: Sequence[SentClosing] = (),
) -> list[Receipt]:
    """Take a batch; receipts of records, changes, closings in the order of each.

    Raises `DeviceRefused` (unknown device: nothing is taken) and `BatchTooLarge`. A revoked or
    expired device is answered entry by entry: held.
    """
    count = len(records) + len(changes) + len(closings)
    if count > LIMIT:
        raise BatchTooLarge(limit=LIMIT, count=count, reason="")
    shown = DeviceToken.parse(token)
    actor = Actor.device(shown.device, shown.area)
    first = asked(shown, records, (c.tube for c in closings))
    with fast_lane(actor, LOAD, first, alone=shown.device) as cursor:
        sender, known = loaded(shown, cursor, first)
        touched, resulted = _take_records(cursor, sender, records, known)
        if changes or known.late:
            moved = take_changes(cursor, sender, changes, known, [r.id for r in records])
            touched |= moved
            resulted |= resulted_of(cursor, sender, moved)
        if closings or touched:
            take_closings(cursor, sender, closings, known, touched)
        if resulted:
            with as_system("records after the result"):
                follow_tubes(sender.round, resulted)
        entries: list[Record | SentChange | SentClosing] = [*records, *changes, *closings]
        return [known.receipts[entry.id] for entry in entries]


def _take_records(
    cursor: psycopg.Cursor, sender: Sender, records: Sequence[Record], known: Known
) -> tuple[set[str], set[str]]:
    """Judge and keep the records that are new; of the tubes that they went into, those that are
    closed and those that have their result."""
    fresh = [r for r in {r.id: r for r in records}.values() if r.id not in known.receipts]
    if not fresh:
        return set(), set()
    add_households(cursor, sender, fresh, known)
    resulted = save(cursor, sender, judge(sender, known, fresh), known)
    return known.closed & {r.tube for r in fresh}, resulted
