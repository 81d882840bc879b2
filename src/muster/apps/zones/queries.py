"""Which level holds where, at any moment, and by which order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from muster.apps.communities.queries.places import place_of
from muster.apps.zones.models import ZoneItem as Row
from muster.apps.zones.models import ZoneOrder
from muster.protocols.zones import OPEN, ZoneDecision, ZoneItem, level_among, standing


@dataclass(frozen=True, slots=True)
class InForce:
    """The items that hold at one moment, ready to be asked about many places."""

    held: tuple[ZoneItem, ...]
    orders: Mapping[int, ZoneOrder]

    def level(self, path: Sequence[int]) -> ZoneDecision:
        """The level at the end of a path."""
        return level_among(path, self.held)

    def order_of(self, decision: ZoneDecision) -> ZoneOrder | None:
        """The order that decided."""
        return self.orders.get(decision.because.order_number) if decision.because else None


def in_force(at: datetime) -> InForce:
    """Every order up to `at`, as facts. Orders count in the order in which they take effect."""
    items, orders = _items(at)
    return InForce(standing(items, at), orders)


def _items(at: datetime) -> tuple[list[ZoneItem], dict[int, ZoneOrder]]:
    """The items of every order that took effect by `at`, and the orders by number."""
    orders = list(
        ZoneOrder.objects.filter(effective_at__lte=at).order_by("effective_at", "issued_at", "id")
    )
    number = {order.id: i for i, order in enumerate(orders, start=1)}
    items = [
        ZoneItem(
            order_number=number[row.order_id],
            place_id=row.place_id,
            level=row.level,
            excluded=row.excluded,
            effective_at=orders[number[row.order_id] - 1].effective_at,
            ended_at=orders[number[row.order_id] - 1].ended_at,
        )
        for row in Row.objects.filter(order__in=orders)
    ]
    return items, dict(enumerate(orders, start=1))


@dataclass(frozen=True, slots=True)
class Stay:
    """A place was at `level` from `since` up to `until` (``None``: still at the moment asked)."""

    level: str
    since: datetime
    until: datetime | None


def stays(paths: Mapping[int, Sequence[int]], at: datetime) -> dict[int, list[Stay]]:
    """The levels of places through time up to `at`, oldest first; times in no zone are left out.

    paths: id of a place → its path from the root.
    """
    items, _ = _items(at)
    turns = {item.effective_at for item in items}
    turns |= {item.ended_at for item in items if item.ended_at and item.ended_at <= at}
    held = [(moment, standing(items, moment)) for moment in sorted(turns)]
    return {
        place: _joined([(moment, level_among(path, now).level) for moment, now in held])
        for place, path in paths.items()
    }


def _joined(levels: Sequence[tuple[datetime, str | None]]) -> list[Stay]:
    """Moments at which a level began as stays; a level that goes on is one stay."""
    found: list[Stay] = []
    for moment, level in levels:
        last = found[-1] if found and found[-1].until is None else None
        if last is not None and last.level == level:
            continue
        if last is not None:
            found[-1] = Stay(last.level, last.since, moment)
        if level is not None:
            found.append(Stay(level, moment, None))
    return found


def level_of_place(place_id: int, at: datetime) -> ZoneDecision:
    """The level at a place. Raises `PlaceNotFound`."""
    return in_force(at).level(place_of(place_id).path)


def homes_of(persons: Iterable[UUID]) -> dict[UUID, list[int]]:
    """Where these people live now, as paths from the root; who has no residence is left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT r.person_id, p.path FROM communities_residence r
               JOIN communities_place p ON p.id = r.place_id
               WHERE r.until IS NULL AND r.person_id = ANY(%s)""",
            [list(persons)],
        )
        return dict(cursor.fetchall())


def level_of_person(person: UUID, at: datetime) -> ZoneDecision:
    """The level at somebody's home."""
    home = homes_of([person]).get(person)
    return in_force(at).level(home) if home else OPEN


def orders(*, low: int, high: int) -> list[ZoneOrder]:
    """The orders of a range of places, newest first, with their items and places."""
    return list(
        ZoneOrder.objects.filter(area__range=(low, high))
        .prefetch_related("items__place")
        .order_by("-effective_at")
    )


def people_inside(order: UUID) -> int:
    """How many live inside the places of an order now, within the actor's reach."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*) FROM communities_residence r
               JOIN communities_place p ON p.id = r.place_id
               WHERE r.until IS NULL
                 AND p.path && ARRAY(SELECT place_id FROM zones_zoneitem
                                     WHERE order_id = %(o)s AND NOT excluded)
                 AND NOT p.path && ARRAY(SELECT place_id FROM zones_zoneitem
                                         WHERE order_id = %(o)s AND excluded)""",
            {"o": order},
        )
        return int(cursor.fetchone()[0])
