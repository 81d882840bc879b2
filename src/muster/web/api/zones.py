"""Which level holds at a place at a moment, and why."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema

from muster.apps.communities.queries.places import place_of
from muster.apps.zones.queries import in_force
from muster.kernel import clock

router = Router()


class LevelAtOut(Schema):
    """The level at a place; `order`: the number of the order that decided."""

    place: int
    level: str | None
    reason: str
    order: str | None


@router.get("/at", response=LevelAtOut, summary="Level at a place")
def level_at(request: HttpRequest, place: int, at: datetime | None = None) -> dict[str, object]:
    """The level that holds at a place id at `at` (now by default)."""
    forces = in_force(at or clock.now())
    decision = forces.level(place_of(place).path)
    order = forces.order_of(decision)
    return {
        "place": place,
        "level": decision.level,
        "reason": decision.reason,
        "order": order.number if order else None,
    }
