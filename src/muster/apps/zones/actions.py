"""Issue and end zone orders."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from muster import policies
from muster.apps.audit.actions import current_actor, take_turns, write_line
from muster.apps.people.queries.access import require
from muster.apps.zones.errors import EmptyOrder, LevelUnknown, NumberTaken
from muster.apps.zones.models import ZoneItem, ZoneOrder
from muster.kernel import clock
from muster.protocols.access import Verb


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    """A place in an order: at `level`, or excluded from it."""

    place: int
    level: str
    excluded: bool = False
    note: str = ""


def issue_order(
    *,
    number: str,
    title: str,
    area: int,
    effective_at: datetime,
    items: Sequence[NewItem],
    replaces: UUID | None = None,
) -> ZoneOrder:
    """Put places at a level from `effective_at` on.

    Raises `NotAllowed`, `EmptyOrder`, `LevelUnknown`, `NumberTaken`.
    """
    require(Verb.SEAL_ZONE, place=area)
    if not any(not i.excluded for i in items):
        raise EmptyOrder(reason="")
    policy = policies.load(settings.MUSTER_POLICY)
    for item in items:
        if item.level not in {level.key for level in policy.levels}:
            raise LevelUnknown(policy=policy.name, level=item.level)
    take_turns("zone order", area)
    if ZoneOrder.objects.filter(area=area, number=number).exists():
        raise NumberTaken(number=number)
    order = ZoneOrder.objects.create(
        number=number,
        title=title,
        area=area,
        policy=policy.name,
        effective_at=effective_at,
        replaces_id=replaces,
        issued_by=current_actor().name,
        issued_at=clock.now(),
    )
    ZoneItem.objects.bulk_create(
        [
            ZoneItem(order=order, place_id=i.place, level=i.level, excluded=i.excluded, note=i.note)
            for i in items
        ]
    )
    if replaces is not None:
        ZoneOrder.objects.filter(id=replaces).update(ended_at=effective_at)
    write_line(action="zone_ordered", area=area, subject=order.id, number=number, places=len(items))
    return order


def end_order(*, order: UUID, at: datetime) -> None:
    """Let an order end at `at`. Raises `NotAllowed`."""
    found = ZoneOrder.objects.select_for_update().get(id=order)
    require(Verb.SEAL_ZONE, place=found.area)
    found.ended_at = at
    found.save(update_fields=["ended_at"])
    write_line(action="zone_ended", area=found.area, subject=order, at=at)
