"""Closings: a phone says how many swabs it has in a tube that it closes."""

from collections.abc import Collection, Sequence
from typing import Any

import msgspec
import psycopg

from muster import policies
from muster.apps.screening.actions.records.entries import Receipt, SentClosing
from muster.apps.screening.actions.records.facts import Known, Sender, uuids
from muster.apps.screening.actions.records.tubes import recount
from muster.intake.speech.phones import without_numbers
from muster.kernel import clock
from muster.protocols.changes import judge_closing

CLOSE = """
SELECT screening_close(%(district)s, %(area)s, %(round)s, %(table)s, %(device)s, %(size)s, %(now)s,
                       %(rows)s::json)
"""
"""Tubes, closings and the audit line, in one round trip (the function is in 0018 and 0022 of the
migrations)."""


def take_closings(
    cursor: psycopg.Cursor, sender: Sender, closings: Sequence[SentClosing], known: Known,
    touched: Collection[str],
) -> None:  # fmt: skip
    """Close tubes, and compare what was counted with what is there, also for closed tubes that
    records or changes of this batch have `touched`."""
    now = clock.now()
    known_ids = _receipts(cursor, sender, closings) if closings else {}
    fresh = [c for c in {c.id: c for c in closings}.values() if c.id not in known_ids]
    if fresh:
        rows = [_row(sender, c, known) for c in fresh]
        values = {**_sender(sender), "size": sender.tube_size, "now": now}
        cursor.execute(CLOSE, {**values, "rows": msgspec.json.encode(rows).decode()})
    recount(cursor, sender, {c.tube for c in fresh} | set(touched))
    if closings:
        known.receipts.update(_receipts(cursor, sender, closings))


def _sender(sender: Sender) -> dict[str, Any]:
    return {
        "district": sender.district,
        "area": sender.area,
        "round": sender.round,
        "device": sender.id,
        "table": sender.table,
    }


def _row(sender: Sender, closing: SentClosing, known: Known) -> dict[str, Any]:
    tube = known.tubes.get(closing.tube)
    code = judge_closing(
        policies.load(sender.policy),
        tube=closing.tube,
        revoked=sender.revoked,
        ours=tube is None or tube.table == sender.number,
    )
    return {
        "id": closing.id,
        "tube": closing.tube,
        "count": closing.count,
        "household": closing.household,
        "reason": without_numbers(closing.reason),
        "closed_at": closing.closed_at,
        "code": code,
    }


def _receipts(
    cursor: psycopg.Cursor, sender: Sender, closings: Sequence[SentClosing]
) -> dict[Any, Receipt]:
    cursor.execute(
        """SELECT id, state, code, received_at FROM screening_closing
           WHERE district = %(district)s AND round = %(round)s AND id = ANY(%(ids)s::uuid[])""",
        {**_sender(sender), "ids": uuids(c.id for c in closings)},
    )
    return {row[0]: Receipt(*row) for row in cursor}
