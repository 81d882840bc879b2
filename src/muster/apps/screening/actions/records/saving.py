"""Records: judged, then written with what follows from them in one statement."""

from collections.abc import Callable, Sequence

import msgspec
import psycopg

from muster import policies
from muster.apps.screening.actions.records.entries import Receipt, Record
from muster.apps.screening.actions.records.facts import Known, Sender
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


def judge(sender: Sender, known: Known, records: Sequence[Record]) -> list[Judged]:
    """Why each record is held, by the rules of `protocols.screening`; None: it counts.

    Whether somebody has been recorded before is told by the key of `Sampled` when the record is
    written: that person is *flagged*, not held, because the swab is in the tube.
    """
    policy = policies.load(sender.policy)
    device = DeviceFact(revoked=sender.revoked, community=sender.area)
    round_ = RoundFact(closed=sender.round_closed, community=sender.area)
    judged: list[Judged] = []
    for record in records:
        tube = _tube(sender, known, record)
        if tube.size and tube.size not in policy.screening.tube.sizes:
            judged.append((record, Code.TUBE_SIZE_UNKNOWN))
            continue
        person = _person(known, record)
        judgement = judge_record(
            policy, device=device, round_=round_, tube=tube, person=person, table=sender.number
        )
        judged.append((record, None if judgement.accepted else judgement.code))
        if judgement.accepted:
            door = (tube.household or person.household) if tube.size == 0 else None
            known.tubes[tube.code] = TubeFact(
                tube.code, tube.size, tube.held + 1, tube.closed, True, tube.table, door
            )
    return judged


def _tube(sender: Sender, known: Known, record: Record) -> TubeFact:
    """The record's tube; one that is seen for the first time is this table's."""
    tube = known.tubes.get(record.tube)
    if tube is not None:
        return tube
    size = sender.tube_size if record.size is None else record.size
    return TubeFact(record.tube, size=size, table=sender.number)


def _person(known: Known, record: Record) -> PersonFact:
    area = known.persons.get(record.person) if record.person else None
    if area is None:
        return NOBODY
    return PersonFact(community=area, household=known.doors.get(record.person))  # type: ignore[arg-type]


NOBODY = PersonFact(known=False)

SAVE = """
SELECT entry, became, why
FROM screening_save(%(district)s, %(area)s, %(round)s, %(table)s, %(device)s, %(now)s,
                    %(tubes)s::text[], %(sizes)s::smallint[], %(rows)s::json)
"""
"""First samples, tubes, records and the audit line, in one round trip (the function is in 0018 and
0021 of the migrations)."""


type Write = Callable[[str, dict[str, object]], psycopg.Cursor]


def save(write: Write, sender: Sender, judged: Sequence[Judged], known: Known) -> None:
    """Write what was judged, and its audit line, with one statement that `write` executes; a race
    that was lost is told as what it is. The tubes that have their result by now go into `known`."""
    now = clock.now()
    tubes = sorted({r.tube for r, code in judged if code is None})
    kept = write(
        SAVE,
        {
            "district": sender.district,
            "area": sender.area,
            "round": sender.round,
            "table": sender.table,
            "device": sender.id,
            "now": now,
            "tubes": tubes,
            "sizes": [known.tubes[t].size for t in tubes],
            "rows": _rows(judged),
        },
    )
    for id_, state, code in kept:
        if id_ is None:
            known.resulted.add(code)
        else:
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
