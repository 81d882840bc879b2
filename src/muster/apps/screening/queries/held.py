"""Changes, closings and words from doors that wait for a decision at the desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from muster import policies
from muster.apps.people.queries.people import persons
from muster.apps.screening.models import (
    Change,
    Closing,
    Device,
    SamplingTable,
    Specimen,
    Tube,
    Visit,
    log_key,
)
from muster.apps.screening.queries.rounds import round_of
from muster.kernel import clock


@dataclass(frozen=True, slots=True)
class HeldChange:
    """A change with the number of the phone's table, its record (None: it never came), the record's
    person by name ('' if not known) and the results of the two tubes ('' each if none yet)."""

    change: Change
    table: int
    record: Specimen | None
    name: str
    result: str
    target_result: str

    @property
    def appliable(self) -> bool:
        """Whether there is something to change."""
        return self.record is not None and self.record.state != Specimen.State.VOID


@dataclass(frozen=True, slots=True)
class HeldClosing:
    """A closing with its table's number and how many records count in its tube."""

    closing: Closing
    table: int
    found: int


@dataclass(frozen=True, slots=True)
class HeldVisit:
    """A word from a door with the phone's label and table, the person's name ('' if nobody within
    reach has the id), and what an undo would have taken back ('' of another word)."""

    visit: Visit
    phone: str
    table: int
    name: str
    undone: str


def held_changes(round_id: UUID, *, limit: int = 200) -> list[HeldChange]:
    """Changes held, and those whose record has not come for as long as the policy says; the oldest
    first. Raises `RoundNotFound`."""
    round_ = round_of(round_id)
    key = log_key(round_.area, round_id)
    rows = list(
        Change.objects.filter(
            Q(state=Change.State.HELD)
            | Q(state=Change.State.WAITING, received_at__lte=_late(round_.policy)),
            **key,
            area=round_.area,
            settled_at=None,
        ).order_by("received_at", "id")[:limit]
    )
    records = {s.id: s for s in Specimen.objects.filter(**key, id__in={c.specimen for c in rows})}
    people = {s.person for s in records.values() if s.person}
    names = dict(persons().filter(id__in=people).values_list("id", "name"))
    codes = {s.tube for s in records.values()} | {c.tube for c in rows if c.tube}
    results = dict(Tube.objects.filter(**key, code__in=codes).values_list("code", "result"))
    tables = _tables_of_phones(c.device for c in rows)
    found = []
    for change in rows:
        record = records.get(change.specimen)
        name = names.get(record.person, "") if record is not None and record.person else ""
        had = results.get(record.tube, "") if record is not None else ""
        table = tables.get(change.device, 0)
        found.append(HeldChange(change, table, record, name, had, results.get(change.tube, "")))
    return found


def _late(policy: str) -> datetime:
    """What came before this and still waits is shown."""
    hours = policies.load(policy).screening.desk.change_waits_hours
    return clock.now() - timedelta(hours=hours)


def _tables_of_phones(devices: Iterable[UUID]) -> dict[UUID, int]:
    return dict(Device.objects.filter(id__in=set(devices)).values_list("id", "table__number"))


def held_closings(round_id: UUID, *, limit: int = 200) -> list[HeldClosing]:
    """Closings held, and those of tubes in which more records count than swabs were in hand; the
    oldest first. Raises `RoundNotFound`."""
    round_ = round_of(round_id)
    key = log_key(round_.area, round_id)
    rows = list(
        Closing.objects.filter(
            **key,
            area=round_.area,
            settled_at=None,
            state__in=[Closing.State.HELD, Closing.State.FLAGGED],
        ).order_by("received_at", "id")[:limit]
    )
    numbers = dict(SamplingTable.objects.filter(round=round_id).values_list("id", "number"))
    counts: dict[str, int] = {}
    inside = Specimen.objects.filter(
        **key,
        tube__in={c.tube for c in rows},
        state__in=[Specimen.State.ACCEPTED, Specimen.State.FLAGGED],
    )
    for tube in inside.values_list("tube", flat=True):
        counts[tube] = counts.get(tube, 0) + 1
    return [HeldClosing(c, numbers.get(c.table, 0), counts.get(c.tube, 0)) for c in rows]


def held_visits(round_id: UUID, *, limit: int = 200) -> list[HeldVisit]:
    """Words from doors from which nothing follows, the oldest first: of a person whom nobody knows
    or who lives elsewhere, of a revoked phone, taken back by a phone that had not said it, or
    taken back though the word has not come for as long as the policy says.

    Raises `RoundNotFound`."""
    round_ = round_of(round_id)
    rows = list(
        Visit.objects.filter(
            Q(state=Visit.State.HELD)
            | Q(state=Visit.State.WAITING, received_at__lte=_late(round_.policy)),
            round=round_id,
            area=round_.area,
            settled_at=None,
        ).order_by("received_at", "id")[:limit]
    )
    names = dict(
        persons().filter(id__in={v.person for v in rows if v.person}).values_list("id", "name")
    )
    phones = {
        device: (label, table)
        for device, label, table in Device.objects.filter(
            id__in={v.device for v in rows if v.device}
        ).values_list("id", "label", "table__number")
    }
    undone = dict(
        Visit.objects.filter(
            round=round_id, id__in=[v.undoes for v in rows if v.undoes]
        ).values_list("id", "outcome")
    )
    found = []
    for v in rows:
        label, table = phones.get(v.device, ("", 0)) if v.device else ("", 0)
        name = names.get(v.person, "") if v.person else ""
        found.append(HeldVisit(v, label, table, name, undone.get(v.undoes, "") if v.undoes else ""))
    return found
