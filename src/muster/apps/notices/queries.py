"""How far a notice has got."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from muster.apps.notices.models import Delivery, Notice


@dataclass(frozen=True, slots=True)
class Reach:
    """Deliveries of one notice by what became of them."""

    total: int
    sent: int
    waiting: int
    failed: int
    unreachable: int
    read: int


def reach_of_notice(notice: UUID) -> Reach:
    """Counts within the actor's reach."""
    state = Delivery.State
    counts = Delivery.objects.filter(notice_id=notice).aggregate(
        total=Count("id"),
        sent=Count("id", filter=Q(state=state.SENT)),
        waiting=Count("id", filter=Q(state__in=[state.WAITING, state.ATTEMPTING])),
        failed=Count("id", filter=Q(state=state.FAILED)),
        unreachable=Count("id", filter=Q(state=state.UNREACHABLE)),
        read=Count("id", filter=Q(read_at__isnull=False)),
    )
    return Reach(**counts)


def notice_about(about: UUID) -> Notice | None:
    """The newest notice about a call, a roster, a recall."""
    return Notice.objects.filter(about=about).order_by("-created_at").first()


def notices_to(person: UUID, *, limit: int = 20) -> list[Delivery]:
    """What was said to somebody, newest first."""
    return list(
        Delivery.objects.filter(person_id=person)
        .select_related("notice")
        .order_by("-notice__created_at")[:limit]
    )
