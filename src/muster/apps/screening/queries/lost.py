"""Where results get lost: the seven places, each a list of what lies there now.

Shenzhen counted seven points at which a result goes missing (docs/explanation/custody.md): a swab
that was never bound; a wrong number or name typed by hand; somebody else's code; no number at all;
a box that is late; a code entered twice or wrongly in the laboratory; a result that is mapped late.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from muster.apps.screening.models import Round, log_key
from muster.apps.screening.queries.custody import ways_of
from muster.apps.screening.queries.desk import names_of_persons
from muster.apps.screening.queries.rounds import round_of
from muster.apps.screening.queries.tubes import table_numbers, tubes_of
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


def _rows(round_: Round, query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, log_key(round_.area, round_.id))
        return list(cursor.fetchall())


def _unbound(round_: Round) -> list[Lost]:
    """More swabs in hand than people in the system, and records that name nobody at all."""
    numbers = table_numbers(round_.id)
    found = [
        Lost(t.code, numbers.get(t.table, 0), t.closed_at, expected=t.people, found=t.counted)
        for t in tubes_of(round_.id)
        if t.counted is not None and t.counted > t.people
    ]
    rows = _rows(
        round_,
        """SELECT tube, "table", received_at, code FROM screening_specimen
           WHERE district = %(district)s AND round = %(round)s AND state = 'held'
                 AND person IS NULL AND said IS NULL""",
    )
    found += [Lost(tube, numbers.get(t, 0), at, code, found=1) for tube, t, at, code in rows]
    return sorted(found, key=lambda lost: (lost.table, lost.subject))


def _typed(round_: Round) -> list[Lost]:
    """Held because what was typed matches nobody on the roll."""
    numbers = table_numbers(round_.id)
    rows = _rows(
        round_,
        """SELECT coalesce(said ->> 'name', tube), "table", received_at, code, person
           FROM screening_specimen
           WHERE district = %(district)s AND round = %(round)s AND state = 'held'
                 AND (said IS NOT NULL OR code IN ('person_unknown', 'person_other_community'))
           ORDER BY received_at""",
    )
    return [Lost(said, numbers.get(t, 0), at, code, person) for said, t, at, code, person in rows]


def _somebody_elses(round_: Round) -> list[Lost]:
    """The same person in two tubes: one of the two swabs may be somebody else's."""
    rows = _rows(
        round_,
        """SELECT person, "table", received_at, tube,
                  (SELECT count(*) FROM screening_specimen x
                   WHERE x.district = %(district)s AND x.round = %(round)s AND x.person = s.person
                         AND x.state IN ('accepted', 'flagged'))
           FROM screening_specimen s
           WHERE district = %(district)s AND round = %(round)s AND state = 'flagged'
           ORDER BY received_at""",
    )
    names, numbers = names_of_persons([row[0] for row in rows]), table_numbers(round_.id)
    return [
        Lost(names[person], numbers.get(table, 0), at, tube, person, 1, times)
        for person, table, at, tube, times in rows
        if person in names
    ]


def _no_number(round_: Round) -> list[Lost]:
    """Tested without identity number and without phone: the result cannot find them but by door."""
    numbers = table_numbers(round_.id)
    rows = _rows(
        round_,
        """WITH tested AS MATERIALIZED (
               SELECT person, "table", at FROM screening_sampled
               WHERE district = %(district)s AND round = %(round)s)
           SELECT p.name, x."table", x.at, p.id
           FROM tested x JOIN people_person p ON p.id = x.person
           WHERE p.id_tail = ''
                 AND NOT EXISTS (SELECT 1 FROM people_phone f WHERE f.person_id = p.id)
           ORDER BY x.at""",
    )
    return [Lost(name, numbers.get(t, 0), at, person=person) for name, t, at, person in rows]


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
    rows = _rows(
        round_,
        """SELECT r.tube, r.received_at, r.code, r.row FROM screening_result r
           WHERE r.round_id = %(round)s AND r.state = 'waiting' ORDER BY r.received_at, r.row""",
    )
    return [Lost(tube, 0, at, code, found=row) for tube, at, code, row in rows]


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
