"""Accounts and their grants, as the desk lists them."""

from collections.abc import Iterable
from uuid import UUID

from muster.apps.people.models import Account, SurgePass
from muster.kernel import clock


def accounts_within(*, low: int, high: int) -> list[Account]:
    """The accounts that belong to a range of places, each with its grants; active ones first."""
    return list(
        Account.objects.filter(area__range=(low, high))
        .prefetch_related("grants")
        .order_by("-is_active", "username")[:500]
    )


def passes_within(*, low: int, high: int) -> list[SurgePass]:
    """Passes that still open accounts."""
    return list(
        SurgePass.objects.filter(
            area__range=(low, high), uses_left__gt=0, expires_at__gt=clock.now()
        ).order_by("expires_at")
    )


def names_of_actors(actors: Iterable[str]) -> dict[str, str]:
    """Actor (``account:<id>``) → display name, of the accounts within reach."""
    ids = {}
    for actor in actors:
        kind, _, key = actor.partition(":")
        if kind == "account":
            ids[UUID(key)] = actor
    found = Account.objects.filter(id__in=list(ids))
    return {ids[a.id]: a.display_name or a.username for a in found}
