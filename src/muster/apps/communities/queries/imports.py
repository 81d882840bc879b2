"""What came in, and what waits for a person."""

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from muster.apps.communities.errors import BatchNotFound
from muster.apps.communities.models import Batch, Intake


def batches_of(area: int) -> list[Batch]:
    """The imports of a community, newest first, each with `waiting_now`."""
    return list(
        Batch.objects.filter(area=area)
        .annotate(waiting_now=Count("rows", filter=Q(rows__state=Intake.State.WAITING)))
        .order_by("-created_at")[:100]
    )


def batch_of(batch_id: UUID) -> Batch:
    """One import. Raises `BatchNotFound`."""
    found = Batch.objects.filter(id=batch_id).first()
    if found is None:
        raise BatchNotFound
    return found


def waiting_rows(area: int, batch: UUID | None = None) -> QuerySet[Intake]:
    """Rows that a person must settle, in the order of the file."""
    rows = Intake.objects.filter(area=area, state=Intake.State.WAITING).select_related("batch")
    if batch is not None:
        rows = rows.filter(batch=batch)
    return rows.order_by("batch__created_at", "sheet", "row")


def row_of(row_id: UUID) -> Intake:
    """One row. Raises `BatchNotFound`."""
    found = Intake.objects.filter(id=row_id).select_related("batch").first()
    if found is None:
        raise BatchNotFound
    return found
