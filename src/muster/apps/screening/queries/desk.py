"""What the desk lists of a round besides its tables: phones, doubtful records, results, recalls."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from muster.apps.people.queries.people import persons
from muster.apps.screening.models import (
    Absence,
    Device,
    Recall,
    Result,
    Sampled,
    SamplingTable,
    Specimen,
    log_key,
)
from muster.apps.screening.queries.rounds import in_log


def devices_of(round_id: UUID) -> list[Device]:
    """The phones of a round, table by table, the newest first at each."""
    return list(
        Device.objects.filter(round=round_id)
        .select_related("table")
        .order_by("table__number", "-enrolled_at")
    )


def table_of(table: UUID) -> SamplingTable:
    """One table with its round and site. Raises `ObjectDoesNotExist`."""
    return SamplingTable.objects.select_related("round", "site").get(id=table)


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A record that waits, with the table's number and the person's name ('' if not known). `first`
    is the person's first record where that is another one, `first_table` its table's number."""

    record: Specimen
    table: int
    name: str
    first: Specimen | None = None
    first_table: int = 0


def doubtful_records(round_id: UUID, *, state: str = "", limit: int = 300) -> list[Doubtful]:
    """Held and flagged records of a round, held first, the oldest first."""
    states = [state] if state in ("held", "flagged") else ["held", "flagged"]
    rows = list(
        Specimen.objects.filter(**in_log(round_id), state__in=states).order_by(
            "-state", "received_at"
        )[:limit]
    )
    numbers = dict(SamplingTable.objects.filter(round=round_id).values_list("id", "number"))
    names = names_of_persons([r.person for r in rows if r.person])
    firsts = _firsts([r for r in rows if r.state == "flagged" and r.person])
    found = []
    for r in rows:
        first = firsts.get(r.person) if r.person else None
        other = first if first is not None and first.id != r.id else None
        name = names.get(r.person, "") if r.person else ""
        at = numbers.get(other.table, 0) if other else 0
        found.append(Doubtful(r, numbers.get(r.table, 0), name, other, at))
    return found


def _firsts(flagged: Sequence[Specimen]) -> dict[UUID | None, Specimen]:
    """The first records of the people of these, which are of one round; by the log's key."""
    if not flagged:
        return {}
    key = log_key(flagged[0].area, flagged[0].round)
    first = Sampled.objects.filter(**key, person__in={s.person for s in flagged})
    ids = list(first.values_list("specimen", flat=True))
    return {s.person: s for s in Specimen.objects.filter(**key, id__in=ids)}


def names_of_persons(ids: Sequence[UUID]) -> dict[UUID, str]:
    """Names by id, within the actor's reach."""
    return dict(persons().filter(id__in=list(ids)).values_list("id", "name"))


def waiting_results(round_id: UUID, limit: int = 200) -> list[Result]:
    """Rows of result files that did not fit, the newest file first."""
    return list(
        Result.objects.filter(round=round_id, state=Result.State.WAITING).order_by(
            "-received_at", "row"
        )[:limit]
    )


def recalls_within(*, low: int, high: int, open_only: bool = True) -> QuerySet[Recall]:
    """Recalls of a range of places, the ones due first on top."""
    found = Recall.objects.filter(area__range=(low, high)).select_related("person", "round")
    if open_only:
        found = found.filter(closed_at=None)
    return found.order_by("closed_at", "due_at", "id")


def absences_of(round_id: UUID, persons_: Sequence[UUID]) -> dict[UUID, Absence]:
    """What was noted of these people in a round."""
    rows = Absence.objects.filter(round=round_id, person__in=list(persons_))
    return {a.person_id: a for a in rows}
