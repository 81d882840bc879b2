"""Editions that were issued."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

from muster.apps.bulletins.errors import BulletinNotFound
from muster.apps.bulletins.models import Bulletin


def bulletins_of(*, low: int, high: int) -> list[Bulletin]:
    """The editions of a range of places, newest first."""
    return list(Bulletin.objects.filter(area__range=(low, high)).order_by("-cutoff", "-number"))


def bulletin_of(bulletin_id: UUID) -> Bulletin:
    """One edition. Raises `BulletinNotFound`."""
    found = Bulletin.objects.filter(id=bulletin_id).first()
    if found is None:
        raise BulletinNotFound
    return found


def is_unchanged(bulletin: Bulletin) -> bool:
    """Whether the figures are still the ones that were frozen."""
    return digest_of(bulletin.figures) == bytes(bulletin.digest)


def digest_of(figures: Sequence[Mapping[str, Any]]) -> bytes:
    """SHA-256 over the figures as canonical JSON."""
    text = json.dumps(list(figures), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).digest()
