"""Take what a pair of volunteers found at doors: exactly once, in any order, one receipt a word.

A word is written once and never changed; taking it back is a word too. What holds of several is
`muster.protocols.visits.finding`. A revoked phone's words are held: kept, and nothing follows.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from muster.apps.audit.actions import current_actor, write_line
from muster.apps.people.queries.phones import is_over
from muster.apps.screening.actions.findings import (
    one_at_a_time,
    settle_findings,
    words_about,
)
from muster.apps.screening.actions.records import Receipt
from muster.apps.screening.models import Device, Sampled, Visit, log_key
from muster.apps.screening.queries.lane import phone_at_work
from muster.apps.screening.queries.walks import word_of
from muster.kernel import clock
from muster.protocols.visits import Outcome, VisitFact, finding, judge_visit


@dataclass(frozen=True, slots=True)
class SentVisit:
    """What was found, as a phone says it: `undoes` with ``undo`` alone, `until` with ``away``,
    `rule` (a key of the policy's exemptions) with ``exempt``."""

    id: UUID
    outcome: str
    made_at: datetime
    person: UUID | None = None
    undoes: UUID | None = None
    rule: str = ""
    until: date | None = None
    note: str = ""


def take_visits(*, token: str, visits: Sequence[SentVisit]) -> list[Receipt]:
    """Receipts in the order of `visits`. Raises `DeviceRefused`."""
    with phone_at_work(token, late=True) as device:
        one_at_a_time(device.round_id)
        known = _receipts(device, [v.id for v in visits])
        fresh = sorted({v.id: v for v in visits if v.id not in known}.values(), key=lambda v: v.id)
        if fresh:
            known |= _take(device, fresh)
        return [known[v.id] for v in visits]


def _receipts(device: Device, ids: Iterable[UUID]) -> dict[UUID, Receipt]:
    rows = Visit.objects.filter(round_id=device.round_id, id__in=list(ids))
    return {v.id: Receipt(v.id, v.state, v.code, v.received_at) for v in rows}


def _take(device: Device, fresh: Sequence[SentVisit]) -> dict[UUID, Receipt]:
    facts = _Facts.about(device, fresh)
    rows = []
    for sent in fresh:
        before = facts.words.get(sent.undoes) if sent.undoes else None
        state, code = judge_visit(facts.of(device, sent, before))
        row = Visit(
            id=sent.id,
            round_id=device.round_id,
            area=device.area,
            device=device.id,
            by=current_actor().name,
            person=before.person if before else sent.person,
            outcome=sent.outcome,
            undoes=sent.undoes,
            rule=sent.rule,
            until=sent.until,
            note=sent.note.strip()[:200],
            made_at=sent.made_at,
            received_at=facts.now,
            state=state,
            code=code,
        )
        rows.append(row)
        facts.words[row.id] = row
    Visit.objects.bulk_create(rows)
    touched = {r.person for r in rows if r.person and r.state != Visit.State.HELD}
    settle_findings(round_id=device.round_id, persons=touched | _arrived(device, facts.words))
    counts = Counter(f"{r.outcome} {r.state}" for r in rows)
    write_line(
        action="doors_visited", area=device.area, subject=device.round_id, words=dict(counts)
    )
    return {r.id: Receipt(r.id, r.state, r.code, facts.now) for r in rows}


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the database knows of a batch. `words`: by id those that it takes back, and its own as
    they are judged. `told`: by person what others said."""

    now: datetime
    revoked: bool
    homes: dict[UUID, int]
    recorded: set[UUID]
    told: dict[UUID, list[Visit]]
    words: dict[UUID, Visit]

    @classmethod
    def about(cls, device: Device, fresh: Sequence[SentVisit]) -> "_Facts":
        now = clock.now()
        persons = {v.person for v in fresh if v.person is not None}
        sampled = Sampled.objects.filter(
            **log_key(device.area, device.round_id), person__in=persons
        )
        undone = [v.undoes for v in fresh if v.undoes]
        earlier = Visit.objects.filter(round_id=device.round_id, id__in=undone)
        return cls(
            now=now,
            revoked=is_over(device),
            homes=_homes(persons),
            recorded=set(sampled.values_list("person", flat=True)),
            told=words_about(device.round_id, persons),
            words={v.id: v for v in earlier},
        )

    def of(self, device: Device, sent: SentVisit, before: Visit | None) -> VisitFact:
        person = sent.person
        others = [v for v in self.told.get(person, ()) if v.device != device.id] if person else []
        holds = finding(word_of(v) for v in others)
        return VisitFact(
            revoked=self.revoked,
            community=device.area,
            home=self.homes.get(person) if person else None,
            recorded=person in self.recorded,
            other=holds is not None and holds.outcome != sent.outcome,
            undo=sent.outcome == Outcome.UNDO,
            own=None if before is None else before.device == device.id,
        )


def _homes(persons: Iterable[UUID]) -> dict[UUID, int]:
    """Where people belong, also those whom the phone may not see."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, area FROM screening_person_areas(%s)", [list(persons)])
        return dict(cursor.fetchall())


def _arrived(device: Device, words: dict[UUID, Visit]) -> set[UUID]:
    """Do the undoings that overtook these words, unless the desk has let them be; the people
    concerned."""
    waiting = Visit.objects.select_for_update().filter(
        round_id=device.round_id,
        undoes__in=list(words),
        state=Visit.State.WAITING,
        settled_at=None,
    )
    touched = set()
    for undo in waiting:
        if undo.undoes is None:
            continue
        word = words[undo.undoes]
        state, code = judge_visit(VisitFact(undo=True, own=undo.device == word.device))
        changed = {"state": state, "code": code, "person": word.person}
        Visit.objects.filter(round_id=device.round_id, id=undo.id).update(**changed)
        if word.person:
            touched.add(word.person)
    return touched
