"""Positives on their way to the re-test."""

from uuid import UUID

from django.db.models import QuerySet

from muster.apps.kits.errors import FollowUpNotFound
from muster.apps.kits.models import KitFollowUp, KitPhoto


def follow_ups_within(*, low: int, high: int, open_only: bool = True) -> QuerySet[KitFollowUp]:
    """Positive kits of a range of places, the ones due first on top."""
    found = KitFollowUp.objects.filter(area__range=(low, high)).select_related(
        "person", "result__series", "result__photo"
    )
    if open_only:
        found = found.filter(closed_at=None)
    return found.order_by("closed_at", "due_at", "id")


def photo_of(follow_up: UUID) -> KitPhoto:
    """The photo of a positive kit. Raises `FollowUpNotFound` where there is none."""
    found = KitPhoto.objects.filter(result__follow_up=follow_up).first()
    if found is None:
        raise FollowUpNotFound
    return found
