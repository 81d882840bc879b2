"""Where results get lost: the seven places, each a list of what lies there now.

Shenzhen counted seven points at which a result goes missing (docs/explanation/custody.md): a swab
that was never bound; a wrong number or name typed by hand; somebody else's code; no number at all;
a box that is late; a code entered twice or wrongly in the laboratory; a result that is mapped late.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from muster.apps.screening.models import Round
from muster.apps.screening.queries.custody import ways_of
from muster.apps.screening.queries.rounds import round_of
from muster.protocols.custody import Stage

LIMIT = 200


@dataclass(frozen=True, slots=True)
class Lost:
    """One thing to look at. `subject` is a tube or a person's name; `person` where it is known."""

    subject: str
    table: int
    at: datetime | None
    code: str = ""
    person: UUID | None = None
    expected: int = 0
    found: int = 0


@dataclass(frozen=True, slots=True)
class LostList:
    """One of the seven places; at most `LIMIT` rows, `more` of them are not shown."""

    key: str
    rows: tuple[Lost, ...]
    more: int

    @property
    def count(self) -> int:
        return len(self.rows) + self.more


def lost_of(round_id: UUID) -> list[LostList]:
    """The seven lists of a round, in the order of a result's way. Raises `RoundNotFound`."""
    round_ = round_of(round_id)
    found = []
    for key, list_of in PLACES.items():
        rows = list_of(round_)
        found.append(LostList(key, tuple(rows[:LIMIT]), max(0, len(rows) - LIMIT)))
    return found


def _rows(round_: Round, query: str) -> list[Lost]:
    with connection.cursor() as cursor:
        cursor.execute(query, {"district": round_.area // 1_000_000, "round": round_.id})
        return [Lost(*row) for row in cursor.fetchall()]


def _unbound(round_: Round) -> list[Lost]:
    """More swabs in hand than people in the system, and records that name nobody at all."""
    return _rows(
        round_,
        """SELECT * FROM (
               SELECT t.code, coalesce(m.number, 0), t.closed_at, '', NULL::uuid,
                      (SELECT count(*) FROM screening_specimen s
                       WHERE s.round = t.round AND s.tube = t.code
                             AND s.state IN ('accepted', 'flagged')) AS people, t.counted
               FROM screening_tube t LEFT JOIN screening_samplingtable m ON m.id = t."table"
               WHERE t.district = %(district)s AND t.round = %(round)s AND t.counted IS NOT NULL
           ) AS tubes WHERE counted > people
           UNION ALL
           SELECT s.tube, coalesce(m.number, 0), s.received_at, s.code, NULL, 0, 1
           FROM screening_specimen s LEFT JOIN screening_samplingtable m ON m.id = s."table"
           WHERE s.district = %(district)s AND s.round = %(round)s AND s.state = 'held'
                 AND s.person IS NULL AND s.said IS NULL
           ORDER BY 2, 1""",
    )


def _typed(round_: Round) -> list[Lost]:
    """Held because what was typed matches nobody on the roll."""
    return _rows(
        round_,
        """SELECT coalesce(s.said ->> 'name', s.tube), coalesce(m.number, 0), s.received_at, s.code,
                  s.person, 0, 0
           FROM screening_specimen s LEFT JOIN screening_samplingtable m ON m.id = s."table"
           WHERE s.district = %(district)s AND s.round = %(round)s AND s.state = 'held'
                 AND (s.said IS NOT NULL OR s.code IN ('person_unknown', 'person_other_community'))
           ORDER BY s.received_at""",
    )


def _somebody_elses(round_: Round) -> list[Lost]:
    """The same person in two tubes: one of the two swabs may be somebody else's."""
    return _rows(
        round_,
        """SELECT p.name, coalesce(m.number, 0), s.received_at, s.tube, s.person, 1,
                  (SELECT count(*)::int FROM screening_specimen x
                   WHERE x.district = s.district AND x.round = s.round AND x.person = s.person
                         AND x.state IN ('accepted', 'flagged'))
           FROM screening_specimen s JOIN people_person p ON p.id = s.person
           LEFT JOIN screening_samplingtable m ON m.id = s."table"
           WHERE s.district = %(district)s AND s.round = %(round)s AND s.state = 'flagged'
           ORDER BY s.received_at""",
    )


def _no_number(round_: Round) -> list[Lost]:
    """Tested without identity number and without phone: the result cannot find them but by door."""
    return _rows(
        round_,
        """SELECT p.name, coalesce(m.number, 0), x.at, '', p.id, 0, 0
           FROM screening_sampled x JOIN people_person p ON p.id = x.person
           LEFT JOIN screening_samplingtable m ON m.id = x."table"
           WHERE x.district = %(district)s AND x.round = %(round)s AND p.id_tail = ''
                 AND NOT EXISTS (SELECT 1 FROM people_phone f WHERE f.person_id = p.id)
           ORDER BY x.at""",
    )


LATE_BEFORE = {Stage.OPEN, Stage.CLOSED, Stage.PACKED, Stage.SEALED, Stage.COURIER}


def _on_the_way(round_: Round) -> list[Lost]:
    """Tubes that should be packed, or should be in the laboratory by now."""
    return [
        Lost(way.tube, way.table, way.opened_at, way.clock.stage.value)
        for way in ways_of(round_.id)
        if way.clock.late and way.clock.stage in LATE_BEFORE
    ]


def _miscoded(round_: Round) -> list[Lost]:
    """Rows of result files that fit no tube, or that say another result than one before."""
    return _rows(
        round_,
        """SELECT r.tube, 0, r.received_at, r.code, NULL::uuid, 0, r.row FROM screening_result r
           WHERE r.round_id = %(round)s AND r.state = 'waiting' ORDER BY r.received_at, r.row""",
    )


def _no_result(round_: Round) -> list[Lost]:
    """In the laboratory, and later than a result may be."""
    return [
        Lost(way.tube, way.table, way.opened_at, way.clock.stage.value)
        for way in ways_of(round_.id)
        if way.clock.late and way.clock.stage is Stage.LABORATORY
    ]


PLACES: dict[str, Callable[[Round], list[Lost]]] = {
    "unbound": _unbound,
    "typed": _typed,
    "somebody_elses": _somebody_elses,
    "no_number": _no_number,
    "on_the_way": _on_the_way,
    "miscoded": _miscoded,
    "no_result": _no_result,
}
"""Where a result gets lost, in the order of its way."""
