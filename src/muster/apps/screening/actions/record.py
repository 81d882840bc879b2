"""Take a batch of records from a device: each accepted, flagged or held, each with a receipt.

Exactly once: the device made the id; a record that is there already answers its own receipt.
Order does not matter, clocks decide nothing, and a record that cannot be judged is held, not
refused. Two round trips to the database and a commit, however many records there are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
import psycopg

from muster import policies
from muster.apps.audit.actions import fast_lane
from muster.apps.screening.errors import BatchTooLarge, DeviceRefused
from muster.apps.screening.models import DISTRICT
from muster.kernel import clock
from muster.protocols.actors import Actor
from muster.protocols.devices import DeviceToken
from muster.protocols.screening import (
    Code,
    DeviceFact,
    Outcome,
    PersonFact,
    RoundFact,
    TubeFact,
    judge_record,
)

LIMIT = 500


@dataclass(frozen=True, slots=True)
class Record:
    """What a phone says: this person went into that tube. `said`: whatever was typed where the
    person is not known (name, door, number); kept only while the record is held."""

    id: UUID
    tube: str
    taken_at: datetime
    person: UUID | None = None
    said: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a record. `received_at` is the server's time."""

    id: UUID
    state: str
    code: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class _Device:
    """The sender and its round."""

    id: UUID
    area: int
    table: UUID
    number: int
    round: UUID
    policy: str
    tube_size: int
    revoked: bool
    round_closed: bool


@dataclass(slots=True)
class _Known:
    """What the database knows of a batch, and what the batch itself adds as it is judged."""

    receipts: dict[UUID, Receipt]
    persons: dict[UUID, int]
    sampled: dict[UUID, tuple[UUID, int]]
    tubes: dict[str, tuple[int, int, bool]]


def record_batch(*, token: str, records: Sequence[Record]) -> list[Receipt]:
    """Take a batch; receipts in the order of the records.

    Raises `DeviceRefused` (unknown device: nothing is taken) and `BatchTooLarge`. A revoked or
    expired device is answered record by record: held.
    """
    if len(records) > LIMIT:
        raise BatchTooLarge(limit=LIMIT, count=len(records), reason="")
    shown = DeviceToken.parse(token)
    actor = Actor.device(shown.device, shown.area)
    with fast_lane(actor, LOAD, _asked(shown, records)) as cursor:
        device, known = _loaded(shown, cursor)
        fresh = [r for r in {r.id: r for r in records}.values() if r.id not in known.receipts]
        if fresh:
            judged = [(r, *_judge(device, known, r)) for r in fresh]
            _save(cursor, device, judged, known)
        return [known.receipts[r.id] for r in records]


LOAD = """
SELECT d.token_hash, d.table_id, m.number, d.round_id, r.policy, r.tube_size,
       d.revoked_at IS NOT NULL OR d.expires_at <= %(now)s, r.closed_at IS NOT NULL,
       (SELECT json_agg(json_build_array(s.id, s.state, s.code,
                                         extract(epoch FROM s.received_at)))
        FROM screening_specimen s
        WHERE s.district = %(district)s::int AND s.id = ANY(%(ids)s::uuid[])),
       (SELECT json_agg(json_build_array(p.id, p.area))
        FROM screening_person_areas(%(people)s::uuid[]) p),
       (SELECT json_agg(json_build_array(x.person, x.specimen, n.number))
        FROM screening_sampled x JOIN screening_samplingtable n ON n.id = x."table"
        WHERE x.district = %(district)s::int AND x.round = d.round_id
              AND x.person = ANY(%(people)s::uuid[])),
       (SELECT json_agg(json_build_array(t.code, n.number, t.closed_at IS NOT NULL,
            (SELECT count(*) FROM screening_specimen s
             WHERE s.round = d.round_id AND s.tube = t.code
                   AND s.state IN ('accepted', 'flagged'))))
        FROM screening_tube t JOIN screening_samplingtable n ON n.id = t."table"
        WHERE t.district = %(district)s::int AND t.round = d.round_id
              AND t.code = ANY(%(tubes)s::text[]))
FROM screening_device d
JOIN screening_samplingtable m ON m.id = d.table_id
JOIN screening_round r ON r.id = d.round_id
WHERE d.id = %(device)s
"""


def _asked(shown: DeviceToken, records: Sequence[Record]) -> dict[str, Any]:
    """The parameters of `LOAD`."""
    return {
        "now": clock.now(),
        "device": shown.device,
        "district": shown.area // DISTRICT,
        "ids": _uuids(r.id for r in records),
        "people": _uuids(r.person for r in records if r.person),
        "tubes": list({r.tube for r in records}),
    }


def _loaded(shown: DeviceToken, cursor: psycopg.Cursor) -> tuple[_Device, _Known]:
    """Everything there is to know about a batch, from one query. Raises `DeviceRefused`."""
    row = cursor.fetchone()
    if row is None or bytes(row[0]) != shown.hash:
        raise DeviceRefused
    return _Device(shown.device, shown.area, *row[1:8]), _Known(
        receipts={UUID(i): Receipt(UUID(i), s, c, _utc(t)) for i, s, c, t in row[8] or ()},
        persons={UUID(i): area for i, area in row[9] or ()},
        sampled={UUID(p): (UUID(s), number) for p, s, number in row[10] or ()},
        tubes={code: (number, held, closed) for code, number, closed, held in row[11] or ()},
    )


def _utc(epoch: float) -> datetime:
    return datetime.fromtimestamp(epoch, tz=UTC)


def _judge(device: _Device, known: _Known, record: Record) -> tuple[str, str]:
    """State and code of one record, by the rules of `protocols.screening`.

    Somebody who has been recorded before is *flagged*, not held: the swab is in the tube, and if
    the tube turns positive this person is one of its people.
    """
    number, held, closed = known.tubes.get(record.tube, (device.number, 0, False))
    area = known.persons.get(record.person) if record.person else None
    before = known.sampled.get(record.person) if record.person else None
    judgement = judge_record(
        policies.load(device.policy),
        device=DeviceFact(revoked=device.revoked, community=device.area),
        round_=RoundFact(closed=device.round_closed, community=device.area),
        tube=TubeFact(record.tube, device.tube_size, held, closed, table=number),
        person=PersonFact(
            known=area is not None,
            community=area or 0,
            recorded_at_table=before[1] if before else None,
        ),
        table=device.number,
    )
    flagged = judgement.code is Code.PERSON_ALREADY_RECORDED
    if judgement.outcome is Outcome.HELD and not flagged:
        return "held", judgement.code
    known.tubes[record.tube] = (number, held + 1, closed)
    if record.person and before is None:
        known.sampled[record.person] = (record.id, device.number)
    return ("flagged", judgement.code) if flagged else ("accepted", "")


SAVE = """
WITH first AS (
    INSERT INTO screening_sampled (district, round, person, area, specimen, "table", at)
    SELECT %(district)s::int, %(round)s, p, %(area)s::bigint, s, %(table)s, %(now)s
    FROM unnest(%(firsts)s::uuid[], %(first_ids)s::uuid[]) AS f(p, s) ORDER BY p
    ON CONFLICT DO NOTHING RETURNING person
), tube AS (
    INSERT INTO screening_tube (district, round, code, area, "table", device, opened_at, result)
    SELECT %(district)s::int, %(round)s, c, %(area)s::bigint, %(table)s, %(device)s, %(now)s, ''
    FROM unnest(%(tubes)s::text[]) AS t(c) ORDER BY c
    ON CONFLICT DO NOTHING RETURNING code
), specimen AS (
    INSERT INTO screening_specimen (district, id, area, round, person, tube, "table", device,
                                    taken_at, received_at, state, code, said, settled_by)
    SELECT %(district)s::int, i.id, %(area)s::bigint, %(round)s, i.person, i.tube, %(table)s,
           %(device)s, i.taken_at, %(now)s,
           CASE WHEN lost.person IS NOT NULL AND i.state = 'accepted' THEN 'flagged'
                ELSE i.state END,
           CASE WHEN lost.person IS NOT NULL AND i.state = 'accepted'
                THEN 'person_already_recorded' ELSE i.code END,
           i.said, ''
    FROM json_to_recordset(%(rows)s::json)
         AS i(id uuid, person uuid, tube text, taken_at timestamptz, state text, code text,
              said jsonb)
    LEFT JOIN (SELECT p FROM unnest(%(firsts)s::uuid[]) AS f(p)
               WHERE p NOT IN (SELECT person FROM first)) AS lost(person) USING (person)
    ORDER BY i.id
    ON CONFLICT DO NOTHING RETURNING id, state, code
), line AS (
    SELECT audit_append('device:' || %(device)s::uuid, 'device:' || %(device)s::uuid,
                        'records_received', %(area)s::bigint, %(round)s::uuid::text,
                        jsonb_object_agg(state, n), %(now)s) AS seq
    FROM (SELECT state, count(*) AS n FROM specimen GROUP BY state) AS counted
)
SELECT id, state, code, line.seq FROM specimen CROSS JOIN line
"""


def _save(
    cursor: psycopg.Cursor,
    device: _Device,
    judged: Sequence[tuple[Record, str, str]],
    known: _Known,
) -> None:
    """Write what was judged, and its audit line, in one statement; a race that was lost is told as
    what it is."""
    now = clock.now()
    firsts = {
        r.person: r.id
        for r, state, _ in judged
        if r.person and state == "accepted" and known.sampled[r.person][0] == r.id
    }
    cursor.execute(
        SAVE,
        {
            "district": device.area // DISTRICT,
            "area": device.area,
            "round": device.round,
            "table": device.table,
            "device": device.id,
            "now": now,
            "firsts": _uuids(firsts),
            "first_ids": _uuids(firsts.values()),
            "tubes": sorted({r.tube for r, state, _ in judged if state != "held"}),
            "rows": _rows(judged),
        },
        prepare=True,
    )
    for id_, state, code, _ in cursor:
        known.receipts[id_] = Receipt(id_, state, code, now)
    _reread(cursor, device, [r.id for r, _, _ in judged if r.id not in known.receipts], known)


def _rows(judged: Sequence[tuple[Record, str, str]]) -> str:
    """The judged records as one JSON text: two hundred rows cost one parameter."""
    rows = [
        {
            "id": r.id,
            "person": r.person,
            "tube": r.tube,
            "taken_at": r.taken_at,
            "state": state,
            "code": code,
            "said": r.said if state == "held" else None,
        }
        for r, state, code in judged
    ]
    return msgspec.json.encode(rows).decode()


def _uuids(ids: Iterable[UUID]) -> str:
    """Ids as the text of a PostgreSQL array."""
    return "{" + ",".join(map(str, ids)) + "}"


def _reread(cursor: psycopg.Cursor, device: _Device, lost: Sequence[UUID], known: _Known) -> None:
    """Receipts of records that another connection took while this one was judging them."""
    if not lost:
        return
    cursor.execute(
        "SELECT id, state, code, received_at FROM screening_specimen"
        " WHERE district = %s AND id = ANY(%s)",
        [device.area // DISTRICT, list(lost)],
    )
    for row in cursor:
        known.receipts[row[0]] = Receipt(*row)
