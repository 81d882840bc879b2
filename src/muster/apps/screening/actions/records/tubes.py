"""Tubes as they come up, and what was counted in them held against what is there."""

from collections.abc import Collection

import psycopg

from muster.apps.screening.actions.records.facts import Sender
from muster.kernel import clock

RECOUNT = """
UPDATE screening_closing c
SET state = CASE WHEN n.n = c.count THEN 'accepted' WHEN n.n < c.count THEN 'waiting'
                 ELSE 'flagged' END,
    code = CASE WHEN n.n > c.count THEN 'count_differs' ELSE '' END
FROM (SELECT t.code, (SELECT count(*) FROM screening_specimen s
                      WHERE s.district = %(district)s AND s.round = %(round)s AND s.tube = t.code
                            AND s.state IN ('accepted', 'flagged')) AS n
      FROM unnest(%(tubes)s::text[]) AS t(code)) AS n
WHERE c.district = %(district)s AND c.round = %(round)s AND c.tube = n.code AND c.state <> 'held'
"""


def open_tube(cursor: psycopg.Cursor, sender: Sender, code: str) -> None:
    """The tube is this table's from now on, unless it has been seen before."""
    cursor.execute(
        """INSERT INTO screening_tube (district, round, code, area, "table", device, size,
                                       opened_at, note, result)
           VALUES (%(district)s, %(round)s, %(code)s, %(area)s, %(table)s, %(device)s, %(size)s,
                   %(now)s, '', '') ON CONFLICT DO NOTHING""",
        {
            "district": sender.district,
            "round": sender.round,
            "code": code,
            "area": sender.area,
            "table": sender.table,
            "device": sender.id,
            "size": sender.tube_size,
            "now": clock.now(),
        },
    )


def recount(cursor: psycopg.Cursor, sender: Sender, tubes: Collection[str]) -> None:
    """Compare what was counted when these tubes were closed with what is there now."""
    if tubes:
        cursor.execute(
            RECOUNT,
            {"district": sender.district, "round": sender.round, "tubes": list(tubes)},
        )


def resulted_of(cursor: psycopg.Cursor, sender: Sender, tubes: Collection[str]) -> set[str]:
    """Those of these tubes that have their result. A result that comes at the same moment is waited
    for; one that comes later waits, and finds who is in the tube by then."""
    if not tubes:
        return set()
    cursor.execute(
        """SELECT code, result FROM screening_tube
           WHERE district = %(district)s AND round = %(round)s AND code = ANY(%(tubes)s)
           ORDER BY code FOR KEY SHARE""",
        {"district": sender.district, "round": sender.round, "tubes": list(tubes)},
    )
    return {code for code, result in cursor.fetchall() if result}
