"""What came in, and what waits for a person."""

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from muster.apps.communities.errors import BatchNotFound
from muster.apps.communities.models import Batch, ColumnChoice, Intake, Upload


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


def settled_rows(batch: UUID) -> list[Intake]:
    """Rows of a file that a person decided, the last decision first."""
    done = (Intake.State.SETTLED, Intake.State.DISMISSED)
    rows = Intake.objects.filter(batch=batch, state__in=done).exclude(settled_at=None)
    return list(rows.select_related("person").order_by("-settled_at")[:100])


def upload_of(upload: UUID) -> Upload:
    """One file on its way in. Raises `BatchNotFound`."""
    found = Upload.objects.filter(id=upload).defer("content").first()
    if found is None:
        raise BatchNotFound
    return found


def uploads_of(area: int) -> list[Upload]:
    """Files that are on their way, or were not taken, newest first."""
    shown = Upload.objects.filter(area=area).exclude(state=Upload.State.DONE)
    return list(shown.defer("content").order_by("-created_at")[:10])


def senders_of(area: int) -> list[str]:
    """Who has sent lists before, for the box where the sender is entered."""
    chosen = ColumnChoice.objects.filter(area=area).values_list("sender", flat=True)
    sent = Batch.objects.filter(area=area).values_list("mapping__sender", flat=True)
    return sorted({name for name in (*chosen, *sent[:500]) if name})
