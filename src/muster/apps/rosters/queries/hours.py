"""Own hours in force, and whether a shift lies within them."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from muster.apps.rosters.models import OwnHours
from muster.kernel import clock

DAY = 24 * 60
"""Minutes."""


class Window(NamedTuple):
    """On `days` (bit 0 is Monday), from minute `begins` of the day to minute `ends`; past `DAY` is
    on the next day."""

    days: int
    begins: int
    ends: int

    def holds(self, start: datetime, end: datetime) -> bool:
        """Whether a span lies within it, wholly."""
        local = clock.to_local(start)
        minute = local.hour * 60 + local.minute
        length = (end - start).total_seconds() / 60
        for before in (0, 1):  # it may have begun the day before
            day, at = (local.weekday() - before) % 7, minute + before * DAY
            if self.days >> day & 1 and self.begins <= at and at + length <= self.ends:
                return True
        return False


def hours_of(persons: Collection[UUID]) -> dict[UUID, list[OwnHours]]:
    """Person → own hours in force, the oldest first; who has none is left out."""
    found: defaultdict[UUID, list[OwnHours]] = defaultdict(list)
    rows = OwnHours.objects.filter(person__in=persons, lifted_at=None)
    for row in rows.order_by("made_at", "id"):
        found[row.person_id].append(row)
    return dict(found)


def windows_of(persons: Collection[UUID]) -> dict[UUID, tuple[Window, ...]]:
    """Person → own hours in force; who has none is left out."""
    return {person: tuple(map(window_of, rows)) for person, rows in hours_of(persons).items()}


def window_of(row: OwnHours) -> Window:
    """The hours themselves."""
    return Window(row.days, row.begins, row.ends)
