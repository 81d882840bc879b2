"""Everything there is to know about a batch, from one query."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
import psycopg

from muster.apps.screening.actions.records.entries import Receipt, Record
from muster.apps.screening.errors import DeviceRefused
from muster.apps.screening.models import DISTRICT
from muster.kernel import clock
from muster.protocols.devices import DeviceToken
from muster.protocols.screening import TubeFact


@dataclass(frozen=True, slots=True)
class Sender:
    """The phone, its table and its round."""

    id: UUID
    area: int
    round: UUID
    table: UUID
    number: int
    policy: str
    tube_size: int
    revoked: bool
    round_closed: bool

    @property
    def district(self) -> int:
        return self.area // DISTRICT


@dataclass(slots=True)
class Known:
    """What the database knows of a batch, and what the batch itself adds as it is judged.

    `late`: changes wait for some of these records. `closed`: tubes that have been closed.
    """

    receipts: dict[UUID, Receipt]
    persons: dict[UUID, int]
    tubes: dict[str, TubeFact]
    closed: set[str]
    late: bool
    doors: dict[UUID, int]


LOAD = """
SELECT d.token_hash, d.round_id, d.table_id, m.number, r.policy, r.tube_size,
       d.revoked_at IS NOT NULL OR d.expires_at <= %(now)s, r.closed_at IS NOT NULL,
       (SELECT json_agg(json_build_array(s.id, s.state, s.code,
                                         extract(epoch FROM s.received_at)))
        FROM unnest(%(ids)s::uuid[]) AS i(id) CROSS JOIN LATERAL (
            SELECT * FROM screening_specimen s
            WHERE s.district = %(district)s::int AND s.round = %(round)s::uuid AND s.id = i.id
            LIMIT 1) s),
       (SELECT json_agg(json_build_array(p.id, p.area))
        FROM screening_person_areas(%(people)s::uuid[]) p),
       (SELECT json_agg(json_build_array(t.code, n.number, t.size, t.closed_at IS NOT NULL,
            t.closed_by IS DISTINCT FROM d.id,
            (SELECT count(*) FROM screening_specimen s
             WHERE s.round = %(round)s::uuid AND s.tube = t.code
                   AND s.state IN ('accepted', 'flagged'))))
        FROM screening_tube t JOIN screening_samplingtable n ON n.id = t."table"
        WHERE t.district = %(district)s::int AND t.round = %(round)s::uuid
              AND t.code = ANY(%(tubes)s::text[])),
       EXISTS (SELECT 1 FROM screening_change c
               WHERE c.round = %(round)s::uuid AND c.state = 'waiting'
                     AND c.specimen = ANY(%(ids)s::uuid[]))
FROM screening_device d
JOIN screening_samplingtable m ON m.id = d.table_id
JOIN screening_round r ON r.id = d.round_id
WHERE d.id = %(device)s
"""
"""The round is told, not joined: the partitions of other rounds are not even opened. (LIMIT keeps
the database from reading a whole round to find ten of its records.)"""

_rounds: dict[UUID, UUID] = {}
"""The round of each phone, as this process saw it last."""
MOST = 20_000
"""Phones that a process remembers."""


def asked(shown: DeviceToken, records: Sequence[Record], tubes: Iterable[str]) -> dict[str, Any]:
    """The parameters of `LOAD`."""
    return {
        "now": clock.now(),
        "device": shown.device,
        "round": _rounds.get(shown.device),
        "district": shown.area // DISTRICT,
        "ids": uuids(r.id for r in records),
        "people": uuids(r.person for r in records if r.person),
        "tubes": list({r.tube for r in records}.union(tubes)),
    }


def loaded(
    shown: DeviceToken, cursor: psycopg.Cursor, asked: dict[str, Any]
) -> tuple[Sender, Known]:
    """Sender and facts; asked again where the phone is at another round than it was, or was never
    seen. Raises `DeviceRefused`."""
    row = _row(shown, cursor)
    if row[1] != asked["round"]:
        cursor.execute(LOAD, {**asked, "round": _remember(shown, row[1])}, prepare=True)
        row = _row(shown, cursor)
    tubes, closed = {}, set()
    for code, number, size, is_closed, by_other, held in row[10] or ():
        tubes[code] = TubeFact(
            code, size=size, held=held, closed=is_closed and by_other, table=number
        )
        if is_closed:
            closed.add(code)
    known = Known(
        receipts={UUID(i): Receipt(UUID(i), s, c, _utc(t)) for i, s, c, t in row[8] or ()},
        persons={UUID(i): area for i, area in row[9] or ()},
        tubes=tubes,
        closed=closed,
        late=row[11],
        doors={},
    )
    return Sender(shown.device, shown.area, *row[1:8]), known


def _row(shown: DeviceToken, cursor: psycopg.Cursor) -> tuple[Any, ...]:
    row = cursor.fetchone()
    if row is None or bytes(row[0]) != shown.hash:
        raise DeviceRefused
    return row


def _remember(shown: DeviceToken, round_: UUID) -> UUID:
    if len(_rounds) >= MOST:
        _rounds.clear()
    _rounds[shown.device] = round_
    return round_


HOUSEHOLDS = """
SELECT r.person_id, r.place_id, NULL FROM communities_residence r
WHERE r.until IS NULL AND r.person_id = ANY(%(people)s::uuid[])
UNION ALL
SELECT s.person, r.place_id, s.tube FROM screening_specimen s
JOIN communities_residence r ON r.person_id = s.person AND r.until IS NULL
WHERE s.district = %(district)s AND s.round = %(round)s AND s.tube = ANY(%(tubes)s::text[])
      AND s.state IN ('accepted', 'flagged')
"""


def add_households(
    cursor: psycopg.Cursor, sender: Sender, records: Sequence[Record], known: Known
) -> None:
    """Doors of the people and of the tubes that are one household's; asked only where there are
    such tubes."""
    single = {r.tube for r in records if r.size == 0}
    single |= {t.code for t in known.tubes.values() if t.size == 0}
    if not single:
        return
    cursor.execute(
        HOUSEHOLDS,
        {
            "people": uuids(r.person for r in records if r.person),
            "district": sender.district,
            "round": sender.round,
            "tubes": list(single),
        },
    )
    for person, door, tube in cursor:
        if tube is None:
            known.doors[person] = door
        elif tube in known.tubes:
            known.tubes[tube] = replace_household(known.tubes[tube], door)


def replace_household(tube: TubeFact, door: int | None) -> TubeFact:
    """The tube as one household's."""
    return TubeFact(tube.code, tube.size, tube.held, tube.closed, True, tube.table, door)


def _utc(epoch: float) -> datetime:
    return datetime.fromtimestamp(epoch, tz=UTC)


def uuids(ids: Iterable[UUID]) -> str:
    """Ids as the text of a PostgreSQL array."""
    return "{" + msgspec.json.encode(list(ids)).decode()[1:-1] + "}"
