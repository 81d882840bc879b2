"""Records: judged, then written with what follows from them in one statement."""

from collections.abc import Sequence

import msgspec
import psycopg

from muster import policies
from muster.apps.screening.actions.records.entries import Receipt, Record
from muster.apps.screening.actions.records.facts import Known, Sender, replace_household, uuids
from muster.kernel import clock
from muster.protocols.screening import (
    Code,
    DeviceFact,
    PersonFact,
    RoundFact,
    TubeFact,
    judge_record,
)

type Judged = tuple[Record, Code | None]
"""A record and why it is held."""


def judge(sender: Sender, known: Known, record: Record) -> Code | None:
    """Why a record is held, by the rules of `protocols.screening`; None: it counts.

    Whether somebody has been recorded before is told by the key of `Sampled` when the record is
    written: that person is *flagged*, not held, because the swab is in the tube.
    """
    size = sender.tube_size if record.size is None else record.size
    policy = policies.load(sender.policy)
    if size and size not in policy.screening.tube.sizes:
        return Code.TUBE_SIZE_UNKNOWN
    tube = known.tubes.get(record.tube) or TubeFact(record.tube, size=size, table=sender.number)
    area = known.persons.get(record.person) if record.person else None
    door = known.doors.get(record.person) if record.person else None
    judgement = judge_record(
        policy,
        device=DeviceFact(revoked=sender.revoked, community=sender.area),
        round_=RoundFact(closed=sender.round_closed, community=sender.area),
        tube=tube,
        person=PersonFact(known=area is not None, community=area or 0, household=door),
        table=sender.number,
    )
    if not judgement.accepted:
        return judgement.code
    household = (tube.household or door) if tube.size == 0 else None
    counted = TubeFact(tube.code, tube.size, tube.held + 1, tube.closed, True, tube.table)
    known.tubes[record.tube] = replace_household(counted, household)
    return None


SAVE = """
WITH first AS (
    INSERT INTO screening_sampled (district, round, person, area, specimen, "table", at)
    SELECT %(district)s::int, %(round)s, p, %(area)s::bigint, s, %(table)s, %(now)s
    FROM unnest(%(firsts)s::uuid[], %(first_ids)s::uuid[]) AS f(p, s) ORDER BY p
    ON CONFLICT (district, round, person) DO UPDATE SET at = screening_sampled.at
    RETURNING person, specimen
), tube AS (
    INSERT INTO screening_tube (district, round, code, area, "table", device, size, opened_at,
                                note, result)
    SELECT %(district)s::int, %(round)s, c, %(area)s::bigint, %(table)s, %(device)s, z, %(now)s,
           '', ''
    FROM unnest(%(tubes)s::text[], %(sizes)s::smallint[]) AS t(c, z) ORDER BY c
    ON CONFLICT DO NOTHING RETURNING code
), specimen AS (
    INSERT INTO screening_specimen (district, id, area, round, person, tube, "table", device,
                                    taken_at, received_at, state, code, said, settled_by)
    SELECT %(district)s::int, i.id, %(area)s::bigint, %(round)s, i.person, i.tube, %(table)s,
           %(device)s, i.taken_at, %(now)s,
           CASE WHEN i.code <> '' THEN 'held' WHEN first.specimen = i.id THEN 'accepted'
                ELSE 'flagged' END,
           CASE WHEN i.code <> '' THEN i.code WHEN first.specimen = i.id THEN ''
                ELSE 'person_already_recorded' END,
           i.said, ''
    FROM json_to_recordset(%(rows)s::json)
         AS i(id uuid, person uuid, tube text, taken_at timestamptz, code text, said jsonb)
    LEFT JOIN first USING (person)
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
# The conflict that changes nothing locks the first sample's row: whoever voids that sample waits
# for this one, and finds it (see `changes.py`).


def save(cursor: psycopg.Cursor, sender: Sender, judged: Sequence[Judged], known: Known) -> None:
    """Write what was judged, and its audit line; a race that was lost is told as what it is."""
    now = clock.now()
    counting = [r for r, code in judged if code is None]
    firsts = {r.person: r.id for r in reversed(counting) if r.person}
    tubes = sorted({r.tube for r in counting})
    cursor.execute(
        SAVE,
        {
            "district": sender.district,
            "area": sender.area,
            "round": sender.round,
            "table": sender.table,
            "device": sender.id,
            "now": now,
            "firsts": uuids(firsts),
            "first_ids": uuids(firsts.values()),
            "tubes": tubes,
            "sizes": [known.tubes[t].size for t in tubes],
            "rows": _rows(judged),
        },
        prepare=True,
    )
    for id_, state, code, _ in cursor:
        known.receipts[id_] = Receipt(id_, state, code, now)


def _rows(judged: Sequence[Judged]) -> str:
    """The judged records as one JSON text: two hundred rows cost one parameter."""
    rows = [
        {
            "id": r.id,
            "person": r.person,
            "tube": r.tube,
            "taken_at": r.taken_at,
            "code": code or "",
            "said": r.said if code else None,
        }
        for r, code in judged
    ]
    return msgspec.json.encode(rows).decode()
