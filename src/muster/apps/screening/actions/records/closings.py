"""Closings: a phone says how many swabs it has in a tube that it closes."""

from collections.abc import Collection, Sequence
from typing import Any

import msgspec
import psycopg

from muster import policies
from muster.apps.screening.actions.records.entries import Receipt, SentClosing
from muster.apps.screening.actions.records.facts import Known, Sender, uuids
from muster.apps.screening.actions.records.tubes import recount
from muster.kernel import clock
from muster.protocols.changes import judge_closing

CLOSE = """
WITH sent AS (
    SELECT i.* FROM json_to_recordset(%(rows)s::json)
         AS i(id uuid, tube text, count smallint, household boolean, reason text,
              closed_at timestamptz, code text)
), tube AS (
    INSERT INTO screening_tube (district, round, code, area, "table", device, size, opened_at,
                                closed_at, closed_by, counted, note, result)
    SELECT DISTINCT ON (tube) %(district)s::int, %(round)s::uuid, tube, %(area)s::bigint,
           %(table)s::uuid, %(device)s::uuid, CASE WHEN household THEN 0 ELSE %(size)s::int END,
           %(now)s::timestamptz, %(now)s::timestamptz, %(device)s::uuid, count, reason, ''
    FROM sent WHERE code = '' ORDER BY tube, id DESC
    ON CONFLICT (district, round, code) DO UPDATE
    SET closed_at = excluded.closed_at, closed_by = excluded.closed_by, note = excluded.note,
        counted = excluded.counted,
        size = CASE WHEN excluded.size = 0 THEN 0 ELSE screening_tube.size END
    RETURNING code
), kept AS (
    INSERT INTO screening_closing (district, id, area, round, device, "table", tube, count,
                                   household, reason, closed_at, received_at, state, code)
    SELECT %(district)s::int, id, %(area)s::bigint, %(round)s::uuid, %(device)s::uuid,
           %(table)s::uuid, tube, count, household, reason, closed_at, %(now)s::timestamptz,
           CASE WHEN code = '' THEN 'waiting' ELSE 'held' END, code
    FROM sent ORDER BY id
    ON CONFLICT DO NOTHING RETURNING state
), line AS (
    SELECT audit_append('device:' || %(device)s::uuid, 'device:' || %(device)s::uuid,
                        'tubes_closed', %(area)s::bigint, %(round)s::uuid::text,
                        jsonb_build_object('tubes', count(*)), %(now)s::timestamptz) AS seq
    FROM kept HAVING count(*) > 0
)
SELECT seq FROM line
"""


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
        "reason": closing.reason,
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
