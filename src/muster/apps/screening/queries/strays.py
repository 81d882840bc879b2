"""Results of tubes that nobody has: the laboratory's code fits no tube, or the tubes of two
rounds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Case, QuerySet, When

from muster import policies
from muster.apps.screening.errors import ResultNotFound
from muster.apps.screening.models import Laboratory, Result, Round, SamplingTable, Tube
from muster.intake.tube_codes import nearest
from muster.kernel import clock

CODES = ("tube_unknown", "tube_ambiguous")
BEFORE = timedelta(days=1)
"""A result of a day is of a tube of that day or of the evening before."""


@dataclass(frozen=True, slots=True)
class Near:
    """A tube without result that may be meant: its round, table and when it was opened."""

    tube: str
    round: UUID
    title: str
    table: int
    opened_at: datetime


def strays_within(*, low: int, high: int) -> QuerySet[Result]:
    """Results that wait for their tube: first those after which people are recalled, then the
    oldest. `round` is filled where the file was a round's."""
    kinds = policies.load(settings.MUSTER_POLICY).screening.results
    grave = Case(When(value__in=[k.key for k in kinds if k.recall], then=0), default=1)
    return (
        Result.objects.filter(area__range=(low, high), state=Result.State.WAITING, code__in=CODES)
        .select_related("round")
        .order_by(grave, "received_at", "row")
    )


def laboratory_names(results: Iterable[Result]) -> dict[UUID, str]:
    """The names of the laboratories that sent these."""
    ids = {r.laboratory for r in results if r.laboratory}
    return dict(Laboratory.objects.filter(id__in=ids).values_list("id", "name"))


def stray_of(result: UUID) -> Result:
    """One that waits. Raises `ResultNotFound`."""
    found = Result.objects.filter(id=result, state=Result.State.WAITING, code__in=CODES).first()
    if found is None:
        raise ResultNotFound
    return found


def near_tubes(result: Result, *, low: int, high: int) -> list[Near]:
    """Tubes without a result, opened that day or the evening before, whose code is the nearest to
    the result's; within the places given and the laboratory's own."""
    at = result.reported_at or result.received_at
    day = clock.to_local(at).replace(hour=0, minute=0, second=0, microsecond=0)
    tubes = Tube.objects.filter(
        area__range=_range(result, low, high),
        result="",
        opened_at__gte=day - BEFORE,
        opened_at__lt=day + timedelta(days=1),
    )
    near = nearest(result.tube, tubes.values_list("code", flat=True).iterator())
    rows = list(tubes.filter(code__in=near))
    titles = dict(Round.objects.filter(id__in={t.round for t in rows}).values_list("id", "title"))
    numbers = dict(
        SamplingTable.objects.filter(id__in={t.table for t in rows}).values_list("id", "number")
    )
    found = [
        Near(t.code, t.round, titles.get(t.round, ""), numbers.get(t.table, 0), t.opened_at)
        for t in rows
    ]
    return sorted(found, key=lambda n: (near.index(n.tube), n.opened_at))


def _range(result: Result, low: int, high: int) -> tuple[int, int]:
    sent = Laboratory.objects.filter(id=result.laboratory).first() if result.laboratory else None
    return (low, high) if sent is None else (max(low, sent.low), min(high, sent.high))
