"""Pasted chains: versions, and entries that wait for a person."""

from uuid import UUID

from django.db.models import QuerySet

from muster.apps.calls.models import ChainEntry, ChainVersion


def chain_versions(area: int) -> list[ChainVersion]:
    """The pasted chains of a community, newest first."""
    return list(ChainVersion.objects.filter(area=area).order_by("-pasted_at")[:50])


def waiting_entries(area: int, version: UUID | None = None) -> QuerySet[ChainEntry]:
    """Entries that a person must settle, in the order of the chain."""
    entries = ChainEntry.objects.filter(area=area, state=ChainEntry.State.WAITING)
    if version is not None:
        entries = entries.filter(version=version)
    return entries.select_related("version").order_by("version__pasted_at", "ordinal")
