"""Everything there is to know about a batch, from one query."""

from collections.abc import Iterable, Mapping, Sequence
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

    `late`: changes wait for some of these records. `closed`: tubes that have been closed;
    `resulted`: those of which it is known that they have their result.
    """

    receipts: dict[UUID, Receipt]
    persons: dict[UUID, int]
    tubes: dict[str, TubeFact]
    closed: set[str]
    resulted: set[str]
    late: bool
    doors: dict[UUID, int]


LOAD = """
SELECT d.token_hash, d.round_id, d.table_id, m.number, r.policy, r.tube_size,
       d.revoked_at IS NOT NULL OR d.expires_at <= %(now)s, r.closed_at IS NOT NULL,
       (SELECT json_agg(json_build_array(p.id, p.area))
        FROM screening_person_areas(%(people)s::uuid[]) p),
       k.receipts, k.tubes, k.numbers, k.late
FROM screening_device d
JOIN screening_samplingtable m ON m.id = d.table_id
JOIN screening_round r ON r.id = d.round_id
CROSS JOIN LATERAL screening_known(%(district)s::int, %(round)s::uuid, d.id, %(ids)s::uuid[],
                                   %(tubes)s::text[]) k
WHERE d.id = %(device)s
"""
"""`screening_known` asks the log by itself. The round is told, not joined: the partitions of other
rounds are not even opened."""

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
    known = Known(
        receipts={UUID(i): Receipt(UUID(i), s, c, _utc(t)) for i, s, c, t in row[9] or ()},
        persons={UUID(i): area for i, area in row[8] or ()},
        tubes=_tubes(row[10] or (), row[11] or {}),
        closed={code for code, _, _, is_closed, *_ in row[10] or () if is_closed},
        resulted=set(),
        late=row[12],
        doors={},
    )
    return Sender(shown.device, shown.area, *row[1:8]), known


def _tubes(rows: Iterable[Sequence[Any]], numbers: Mapping[str, int]) -> dict[str, TubeFact]:
    """Tubes by code; `numbers` of their tables."""
    return {
        code: TubeFact(
            code, size=size, held=held, closed=is_closed and by_other, table=numbers[table]
        )
        for code, table, size, is_closed, by_other, held in rows
        if table in numbers
    }


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


INSIDE = """
SELECT person, tube FROM screening_specimen
WHERE district = %(district)s AND round = %(round)s AND tube = ANY(%(tubes)s::text[])
      AND state IN ('accepted', 'flagged') AND person IS NOT NULL
"""
HOMES = """
SELECT person_id, place_id FROM communities_residence
WHERE until IS NULL AND person_id = ANY(%(people)s::uuid[])
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
        INSIDE, {"district": sender.district, "round": sender.round, "tubes": list(single)}
    )
    inside = cursor.fetchall()
    people = {r.person for r in records if r.person}
    cursor.execute(HOMES, {"people": uuids(people.union(person for person, _ in inside))})
    doors: dict[UUID, int] = dict(cursor.fetchall())
    known.doors.update({person: doors[person] for person in people & doors.keys()})
    for person, tube in inside:
        if person in doors and tube in known.tubes:
            known.tubes[tube] = replace_household(known.tubes[tube], doors[person])


def replace_household(tube: TubeFact, door: int | None) -> TubeFact:
    """The tube as one household's."""
    return TubeFact(tube.code, tube.size, tube.held, tube.closed, True, tube.table, door)


def _utc(epoch: float) -> datetime:
    return datetime.fromtimestamp(epoch, tz=UTC)


def uuids(ids: Iterable[UUID]) -> str:
    """Ids as the text of a PostgreSQL array."""
    return "{" + msgspec.json.encode(list(ids)).decode()[1:-1] + "}"
