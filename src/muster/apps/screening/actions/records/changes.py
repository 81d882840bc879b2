"""Changes: a phone voids one of its records, or says that its swab is in another tube."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
import psycopg

from muster import policies
from muster.apps.screening.actions.records.entries import Receipt, SentChange
from muster.apps.screening.actions.records.facts import Known, Sender, uuids
from muster.apps.screening.actions.records.first import give_up_first, take_first
from muster.apps.screening.actions.records.tubes import open_tube
from muster.intake.speech.phones import without_numbers
from muster.kernel import clock
from muster.protocols.changes import ChangedRecord, Kind, TargetTube, judge_change
from muster.protocols.screening import Code


@dataclass(slots=True)
class _Specimen:
    """A record as it stands; whether the laboratory has answered for its tube; where its person
    belongs."""

    id: UUID
    device: UUID
    person: UUID | None
    tube: str
    state: str
    code: str
    resulted: bool
    home: int | None

    @property
    def counts(self) -> bool:
        return self.state in {"accepted", "flagged"}


def take_changes(
    cursor: psycopg.Cursor, sender: Sender, changes: Sequence[SentChange], known: Known,
    arrived: Sequence[UUID],
) -> set[str]:  # fmt: skip
    """Do the changes of a batch, and those that waited for the records that have `arrived`; the
    tubes that they touched.

    Receipts go into `known`. A change that waited has told its phone so; it hears the rest when it
    sends the change again.
    """
    fresh = _without_receipt(cursor, sender, changes, known)
    waiting = _waiting(cursor, sender, arrived) if known.late else []
    todo = sorted([*fresh, *waiting], key=lambda c: c.id)
    if not todo:
        return set()
    specimens = _specimens(cursor, sender, {c.record for c in todo})
    tubes = _tubes(cursor, sender, {c.tube for c in todo if c.tube})
    now, rows, touched = clock.now(), [], set[str]()
    for change in todo:
        found = specimens.get(change.record)
        state, code = _judge(sender, change, found, tubes.get(change.tube))
        if state == "accepted" and found is not None:
            left = found.tube if found.counts else ""
            touched |= _do(cursor, sender, change, found, tubes)
            known.receipts[found.id] = Receipt(found.id, found.state, found.code, now)
            if left and not (found.counts and found.tube == left):
                _fill(cursor, sender, left, known)
        rows.append(_row(change, state, code))
        known.receipts[change.id] = Receipt(change.id, state, code, now)
    _keep(cursor, sender, rows, now)
    return touched


KEEP = """
INSERT INTO screening_change (district, id, area, round, device, specimen, kind, tube, reason,
                              made_at, received_at, state, code)
SELECT %(district)s::int, i.id, %(area)s::bigint, %(round)s, %(device)s, i.record, i.kind,
       i.tube, i.reason, i.made_at, %(now)s, i.state, i.code
FROM json_to_recordset(%(rows)s::json)
     AS i(id uuid, record uuid, kind text, tube text, reason text, made_at timestamptz,
          state text, code text)
ORDER BY i.id
ON CONFLICT (district, round, id) DO UPDATE SET state = excluded.state, code = excluded.code
"""
NOTE = """
SELECT audit_append('device:' || %(device)s::uuid, 'device:' || %(device)s::uuid,
                    'records_changed', %(area)s::bigint, %(round)s::uuid::text,
                    %(counts)s::jsonb, %(now)s)
"""


def _keep(
    cursor: psycopg.Cursor, sender: Sender, rows: Sequence[dict[str, Any]], now: datetime
) -> None:
    """Write the changes as they were judged, and their audit line."""
    values = {**_sender(sender), "now": now}
    cursor.execute(KEEP, {**values, "rows": msgspec.json.encode(rows).decode()})
    counts = Counter(f"{row['kind']} {row['state']}" for row in rows)
    cursor.execute(NOTE, {**values, "counts": msgspec.json.encode(counts).decode()})


def _sender(sender: Sender) -> dict[str, Any]:
    return {
        "district": sender.district,
        "area": sender.area,
        "round": sender.round,
        "device": sender.id,
        "table": sender.table,
    }


def _row(change: SentChange, state: str, code: str) -> dict[str, Any]:
    return {
        "id": change.id,
        "record": change.record,
        "kind": change.kind,
        "tube": change.tube,
        "reason": without_numbers(change.reason),
        "made_at": change.made_at,
        "state": state,
        "code": code,
    }


def _without_receipt(
    cursor: psycopg.Cursor, sender: Sender, changes: Sequence[SentChange], known: Known
) -> list[SentChange]:
    """The changes that are new; of the others the receipts go into `known`."""
    if not changes:
        return []
    cursor.execute(
        """SELECT id, state, code, received_at FROM screening_change
           WHERE district = %(district)s AND round = %(round)s AND id = ANY(%(ids)s::uuid[])""",
        {**_sender(sender), "ids": uuids(c.id for c in changes)},
    )
    known.receipts.update({row[0]: Receipt(*row) for row in cursor})
    unique = {c.id: c for c in changes}.values()
    return [c for c in unique if c.id not in known.receipts]


def _waiting(cursor: psycopg.Cursor, sender: Sender, arrived: Sequence[UUID]) -> list[SentChange]:
    """Changes of this phone that waited for these records; another's are held, it may not. What
    the desk has let be is over."""
    cursor.execute(
        """UPDATE screening_change SET state = 'held', code = 'record_other_device'
           WHERE district = %(district)s AND round = %(round)s AND device <> %(device)s
                 AND state = 'waiting' AND settled_at IS NULL
                 AND specimen = ANY(%(ids)s::uuid[])""",
        {**_sender(sender), "ids": uuids(arrived)},
    )
    cursor.execute(
        """SELECT id, specimen, kind, made_at, tube, reason FROM screening_change
           WHERE district = %(district)s AND round = %(round)s AND device = %(device)s
                 AND state = 'waiting' AND settled_at IS NULL
                 AND specimen = ANY(%(ids)s::uuid[])
           ORDER BY id FOR UPDATE""",
        {**_sender(sender), "ids": uuids(arrived)},
    )
    return [SentChange(*row) for row in cursor]


FIRSTS = """
SELECT 1 FROM screening_sampled f
WHERE f.district = %(district)s AND f.round = %(round)s AND f.person IN (
    SELECT s.person FROM screening_specimen s
    WHERE s.district = %(district)s AND s.round = %(round)s AND s.id = ANY(%(ids)s::uuid[]))
ORDER BY f.person FOR UPDATE OF f
"""
"""Locked before the records, as everywhere (`locking.py`)."""


def _specimens(
    cursor: psycopg.Cursor, sender: Sender, ids: Iterable[UUID]
) -> dict[UUID, _Specimen]:
    values = {**_sender(sender), "ids": uuids(ids)}
    cursor.execute(FIRSTS, values)
    cursor.execute(
        """SELECT s.id, s.device, s.person, s.tube, s.state, s.code,
                  EXISTS (SELECT 1 FROM screening_tube t
                          WHERE t.district = %(district)s AND t.round = %(round)s
                                AND t.code = s.tube AND t.result <> '')
           FROM screening_specimen s
           WHERE s.district = %(district)s AND s.round = %(round)s AND s.id = ANY(%(ids)s::uuid[])
           ORDER BY s.id FOR UPDATE OF s""",
        values,
    )
    rows = cursor.fetchall()
    cursor.execute(
        "SELECT id, area FROM screening_person_areas(%(people)s::uuid[])",
        {"people": uuids(row[2] for row in rows if row[2])},
    )
    homes: dict[UUID, int] = dict(cursor.fetchall())
    return {row[0]: _Specimen(*(*row, homes.get(row[2]))) for row in rows}


def _tubes(cursor: psycopg.Cursor, sender: Sender, codes: Iterable[str]) -> dict[str, TargetTube]:
    """The tubes that swabs are said to be in, as they stand."""
    cursor.execute(
        """SELECT t.code, t."table" = %(table)s, t.result <> '', t.size,
                  (SELECT count(*) FROM screening_specimen s
                   WHERE s.district = %(district)s AND s.round = %(round)s AND s.tube = t.code
                         AND s.state IN ('accepted', 'flagged'))
           FROM screening_tube t
           WHERE t.district = %(district)s AND t.round = %(round)s AND t.code = ANY(%(codes)s)
           ORDER BY t.code FOR KEY SHARE OF t""",
        {**_sender(sender), "codes": list(codes)},
    )
    return {row[0]: TargetTube(*row) for row in cursor}


def _judge(
    sender: Sender, change: SentChange, found: _Specimen | None, tube: TargetTube | None
) -> tuple[str, str]:
    record = (
        None
        if found is None
        else ChangedRecord(found.device == sender.id, found.state, found.resulted)
    )
    target = tube or TargetTube(change.tube, size=sender.tube_size)
    if found is not None and found.counts and found.tube == target.code:
        target = replace(target, held=target.held - 1)  # it is in there already
    return judge_change(
        policies.load(sender.policy),
        kind=Kind(change.kind),
        revoked=sender.revoked,
        record=record,
        tube=target,
    )


MENDED = {Code.TUBE_CODE_MALFORMED, Code.TUBE_OTHER_TABLE, Code.TUBE_CLOSED, Code.TUBE_FULL}
"""What a record can be held for that the right tube mends."""


def _do(
    cursor: psycopg.Cursor, sender: Sender, change: SentChange, found: _Specimen,
    tubes: dict[str, TargetTube],
) -> set[str]:  # fmt: skip
    """Change the record and what follows from it; the tubes concerned."""
    if change.kind == Kind.VOID:
        if found.person is not None and found.counts:
            give_up_first(cursor, sender, found.person, found.id)
        found.state, found.code = "void", ""
        _write(cursor, sender, found)
        return {found.tube}
    before, found.tube = found.tube, change.tube
    open_tube(cursor, sender, change.tube)
    held = tubes.get(change.tube) or TargetTube(change.tube, size=sender.tube_size)
    tubes[change.tube] = replace(held, held=held.held + (before != found.tube))
    if found.state == "held" and found.code in MENDED:
        _accept(cursor, sender, found)
    _write(cursor, sender, found)
    return {before, found.tube}


def _fill(cursor: psycopg.Cursor, sender: Sender, tube: str, known: Known) -> None:
    """A swab is not in the tube after all. Where this phone's next one was held because the tube
    was full, it counts: the void was made first, and only arrived with it or later."""
    cursor.execute(
        """SELECT id FROM screening_specimen
           WHERE district = %(district)s AND round = %(round)s AND device = %(device)s
                 AND tube = %(tube)s AND state = 'held' AND code = 'tube_full'
           ORDER BY id LIMIT 1""",
        {**_sender(sender), "tube": tube},
    )
    for next_ in _specimens(cursor, sender, [row[0] for row in cursor]).values():
        if next_.code == Code.TUBE_FULL:
            _accept(cursor, sender, next_)
            _write(cursor, sender, next_)
            known.receipts[next_.id] = Receipt(next_.id, next_.state, next_.code, clock.now())


def _accept(cursor: psycopg.Cursor, sender: Sender, found: _Specimen) -> None:
    """The tube was wrong and is right now: the record counts, or is held for its person."""
    if found.person is None or found.home is None:
        found.code = Code.PERSON_UNKNOWN
    elif found.home != sender.area:
        found.code = Code.PERSON_OTHER_COMMUNITY
    elif take_first(cursor, sender, found.person, found.id):
        found.state, found.code = "accepted", ""
    else:
        found.state, found.code = "flagged", Code.PERSON_ALREADY_RECORDED


def _write(cursor: psycopg.Cursor, sender: Sender, found: _Specimen) -> None:
    cursor.execute(
        """UPDATE screening_specimen SET state = %(state)s::text, code = %(code)s, tube = %(tube)s,
                  said = CASE WHEN %(state)s::text = 'held' THEN said END,
                  settled_by = 'device:' || %(device)s::uuid, settled_at = %(now)s
           WHERE district = %(district)s AND round = %(round)s AND id = %(id)s""",
        {
            **_sender(sender),
            "id": found.id,
            "state": found.state,
            "code": found.code,
            "tube": found.tube,
            "now": clock.now(),
        },
    )
