"""Bulletins as they were frozen."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from muster.apps.bulletins.queries import bulletin_of, is_unchanged

router = Router()


class BulletinOut(Schema):
    """An edition; `unchanged`: the figures still have the digest they were frozen with."""

    id: UUID
    area: int
    number: int
    cutoff: datetime
    figures: list[dict[str, Any]]
    unchanged: bool


@router.get("/{uuid:bulletin_id}", response=BulletinOut, summary="A bulletin")
def bulletin(request: HttpRequest, bulletin_id: UUID) -> dict[str, object]:
    """One edition with its figures."""
    found = bulletin_of(bulletin_id)
    return {
        "id": found.id,
        "area": found.area,
        "number": found.number,
        "cutoff": found.cutoff,
        "figures": found.figures,
        "unchanged": is_unchanged(found),
    }
