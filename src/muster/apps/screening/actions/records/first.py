"""Which of a person's specimens of a round is the first: one row of `Sampled`, locked."""

from uuid import UUID

import psycopg

from muster.apps.screening.actions.records.facts import Sender
from muster.kernel import clock
from muster.protocols.screening import Code


def take_first(cursor: psycopg.Cursor, sender: Sender, person: UUID, specimen: UUID) -> bool:
    """Make the specimen its person's first if there is none yet; whether it is."""
    cursor.execute(
        """INSERT INTO screening_sampled (district, round, person, area, specimen, "table", at)
           VALUES (%(district)s, %(round)s, %(person)s, %(area)s, %(specimen)s, %(table)s, %(now)s)
           ON CONFLICT (district, round, person) DO UPDATE SET at = screening_sampled.at
           RETURNING specimen""",
        {**_key(sender, person), "specimen": specimen, "now": clock.now()},
    )
    row = cursor.fetchone()
    return row is not None and row[0] == specimen


def give_up_first(cursor: psycopg.Cursor, sender: Sender, person: UUID, specimen: UUID) -> None:
    """The specimen does not count any more: the next that arrived becomes the person's first;
    where there is none the person is missing again."""
    key = {**_key(sender, person), "specimen": specimen}
    cursor.execute(
        """SELECT specimen FROM screening_sampled
           WHERE district = %(district)s AND round = %(round)s AND person = %(person)s
           FOR UPDATE""",
        key,
    )
    row = cursor.fetchone()
    if row is None or row[0] != specimen:
        return
    # A statement of its own: it sees whatever was committed while this one waited for the row.
    cursor.execute(
        """SELECT id, "table", received_at FROM screening_specimen
           WHERE district = %(district)s AND round = %(round)s AND person = %(person)s
                 AND state IN ('accepted', 'flagged') AND id <> %(specimen)s
           ORDER BY received_at, id LIMIT 1 FOR UPDATE""",
        key,
    )
    following = cursor.fetchone()
    if following is None:
        cursor.execute(
            """DELETE FROM screening_sampled
               WHERE district = %(district)s AND round = %(round)s AND person = %(person)s""",
            key,
        )
        return
    key |= {"next": following[0], "at_table": following[1], "at": following[2]}
    cursor.execute(
        """WITH one AS (
               UPDATE screening_specimen SET state = 'accepted', code = ''
               WHERE district = %(district)s AND round = %(round)s AND id = %(next)s)
           UPDATE screening_sampled SET specimen = %(next)s, "table" = %(at_table)s, at = %(at)s
           WHERE district = %(district)s AND round = %(round)s AND person = %(person)s""",
        key,
    )


def give_back_first(cursor: psycopg.Cursor, sender: Sender, person: UUID, specimen: UUID) -> None:
    """The specimen is its person's first again; another that became it meanwhile is flagged."""
    if take_first(cursor, sender, person, specimen):
        return
    cursor.execute(
        """WITH other AS (
               UPDATE screening_specimen s SET state = 'flagged', code = %(code)s
               FROM screening_sampled f
               WHERE f.district = %(district)s AND f.round = %(round)s AND f.person = %(person)s
                     AND s.district = f.district AND s.round = f.round AND s.id = f.specimen),
           own AS (SELECT "table", received_at FROM screening_specimen
                   WHERE district = %(district)s AND round = %(round)s AND id = %(specimen)s)
           UPDATE screening_sampled SET specimen = %(specimen)s, "table" = own."table",
                                        at = own.received_at
           FROM own
           WHERE district = %(district)s AND round = %(round)s AND person = %(person)s""",
        {
            **_key(sender, person),
            "specimen": specimen,
            "code": Code.PERSON_ALREADY_RECORDED.value,
        },
    )


def _key(sender: Sender, person: UUID) -> dict[str, object]:
    return {
        "district": sender.district,
        "round": sender.round,
        "person": person,
        "area": sender.area,
        "table": sender.table,
    }
