"""How far a call has got: per level, per branch, and who is silent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from muster.apps.calls.errors import CallNotFound
from muster.apps.calls.models import Call, CallNode, SignUp
from muster.apps.people.queries.organisations import range_below


def call_of(call_id: UUID) -> Call:
    """One call. Raises `CallNotFound`."""
    found = Call.objects.filter(id=call_id).first()
    if found is None:
        raise CallNotFound
    return found


def calls_of(*, low: int, high: int) -> list[Call]:
    """Calls for hands within a range of places, newest first."""
    return list(Call.objects.filter(area__range=(low, high)).order_by("-issued_at"))


def node_of(call: UUID, unit: int) -> CallNode | None:
    """What a body has answered."""
    return CallNode.objects.filter(call=call, unit=unit).select_related("organisation").first()


@dataclass(frozen=True, slots=True)
class Level:
    """Bodies of one level of the tree (0 is the root): reached and answered."""

    level: int
    bodies: int
    acknowledged: int
    offered: int

    @property
    def silent(self) -> int:
        """Bodies that have not answered."""
        return self.bodies - self.acknowledged


@dataclass(frozen=True, slots=True)
class CallProgress:
    """A call in figures: by level, and by role what is needed and found."""

    call: Call
    levels: tuple[Level, ...]
    roles: Mapping[str, tuple[int, int]]
    accepted: int
    reserve: int

    @property
    def bodies(self) -> int:
        """Bodies reached, all levels."""
        return sum(level.bodies for level in self.levels)

    @property
    def acknowledged(self) -> int:
        """Bodies that have answered, all levels."""
        return sum(level.acknowledged for level in self.levels)


def progress_of(call_id: UUID) -> CallProgress:
    """The live state of a call. Raises `CallNotFound`."""
    call = call_of(call_id)
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT level, count(*), count(acknowledged_at), coalesce(sum(offered), 0)
               FROM calls_callnode WHERE call_id = %s GROUP BY level ORDER BY level""",
            [call_id],
        )
        levels = tuple(Level(*row) for row in cursor.fetchall())
        cursor.execute(
            """SELECT count(*) FILTER (WHERE state = 'accepted'),
                      count(*) FILTER (WHERE state = 'reserve')
               FROM calls_signup WHERE call_id = %s""",
            [call_id],
        )
        accepted, reserve = cursor.fetchone()
    return CallProgress(
        call,
        levels,
        {r: (n, call.taken.get(r, 0)) for r, n in call.need.items()},
        accepted,
        reserve,
    )


@dataclass(frozen=True, slots=True)
class Branch:
    """A body right below another, with everything under it summed up."""

    organisation: UUID
    unit: int
    name: str
    acknowledged_at: datetime | None
    bodies: int
    acknowledged: int
    offered: int

    @property
    def silent(self) -> int:
        """Bodies in this branch that have not answered."""
        return self.bodies - self.acknowledged


def tree_below(call_id: UUID, unit: int) -> list[Branch]:
    """The branches right below a body, the most silent first."""
    low, high = range_below(unit)
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT o.id, o.code, o.name, n.acknowledged_at, s.bodies, s.acknowledged, s.offered
               FROM people_organisation parent
               JOIN people_organisation o ON o.parent_id = parent.id
               JOIN calls_callnode n ON n.organisation_id = o.id AND n.call_id = %(call)s
               CROSS JOIN LATERAL (
                   SELECT count(*) AS bodies, count(m.acknowledged_at) AS acknowledged,
                          coalesce(sum(m.offered), 0) AS offered
                   FROM calls_callnode m
                   WHERE m.call_id = %(call)s AND m.unit >= o.code AND m.unit < o.code + CASE
                       WHEN o.code %% 1000000000000 = 0 THEN 1000000000000
                       WHEN o.code %% 1000000000 = 0 THEN 1000000000
                       WHEN o.code %% 1000000 = 0 THEN 1000000
                       WHEN o.code %% 1000 = 0 THEN 1000 ELSE 1 END) s
               WHERE parent.code = %(unit)s AND o.code BETWEEN %(low)s AND %(high)s
               ORDER BY s.bodies - s.acknowledged DESC, o.code""",
            {"call": call_id, "unit": unit, "low": low, "high": high},
        )
        return [Branch(*row) for row in cursor.fetchall()]


def silent_bodies(call_id: UUID, *, low: int, high: int, limit: int = 50) -> list[CallNode]:
    """Who has not answered, in a range of units: the ones to ring first."""
    return list(
        CallNode.objects.filter(call=call_id, unit__range=(low, high), acknowledged_at=None)
        .select_related("organisation")
        .order_by("level", "unit")[:limit]
    )


def offers_by_source(call_id: UUID) -> dict[str, int]:
    """Sign-ups within reach by where they came from."""
    rows = SignUp.objects.filter(call=call_id).values_list("source", flat=True)
    counts: dict[str, int] = {}
    for source in rows:
        counts[source] = counts.get(source, 0) + 1
    return counts
