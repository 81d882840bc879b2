"""Take a batch: two round trips to the database, however many records there are.

Who comes into a tube that has its result already is recalled like the others of the tube, in a
transaction of its own: where the server falls between the two, the phone sends the batch again."""

from collections.abc import Sequence

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
    with fast_lane(actor, LOAD, first, alone=shown.device) as lane:
        sender, known = loaded(shown, lane.cursor, first)
        # What was done before has its receipt; whether its people were recalled is not known.
        again = {r.tube for r in records if r.id in known.receipts}
        fresh = [r for r in {r.id: r for r in records}.values() if r.id not in known.receipts]
        touched = known.closed & {r.tube for r in fresh}
        more = bool(again or changes or closings or known.late or touched)
        if fresh:
            add_households(lane.cursor, sender, fresh, known)
            judged = judge(sender, known, fresh)
            save(lane.cursor.execute if more else lane.last, sender, judged, known)
        if changes or known.late:
            arrived = [r.id for r in records]
            moved = take_changes(lane.cursor, sender, changes, known, arrived)
            touched, again = touched | moved, again | moved
        known.resulted |= resulted_of(lane.cursor, sender, again)
        if closings or touched:
            take_closings(lane.cursor, sender, closings, known, touched)
    if known.resulted:
        with as_system("records after the result"):
            follow_tubes(sender.round, known.resulted)
    entries: list[Record | SentChange | SentClosing] = [*records, *changes, *closings]
    return [known.receipts[entry.id] for entry in entries]
