"""The planned rounds of one night, over all communities that the reader reaches: who starts when,
so that couriers and laboratories keep up."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection

from muster import policies
from muster.apps.communities.queries.places import divisions_by_code
from muster.apps.screening.queries.plans import planned_round
from muster.kernel import clock
from muster.rounds.staggering import NightRound, night_load, stagger_night

NOON = timedelta(hours=12)
"""A night goes from noon to noon."""

# Of each community the round that was opened, else the plan that is asked about, else the latest.
PLANNED = """
SELECT DISTINCT ON (area) id, area, title, round_id IS NOT NULL,
       (plan ->> 'starts_at')::timestamptz, (plan -> 'supplies' ->> 'tubes')::int,
       coalesce((plan -> 'calls' -> -1 ->> 'minute')::int, 0)
FROM screening_plannedround
WHERE made_at > %(since)s AND (plan ->> 'starts_at')::timestamptz >= %(noon)s
      AND (plan ->> 'starts_at')::timestamptz < %(noon)s + interval '1 day'
ORDER BY area, round_id IS NOT NULL DESC, id = %(plan)s DESC, made_at DESC
"""
KEPT = timedelta(days=30)
"""Older plans are of no coming night."""


@dataclass(frozen=True, slots=True)
class PlannedOne:
    """One round of the night and the start suggested for it; `name` is its community."""

    plan: UUID
    name: str
    title: str
    opened: bool
    starts_at: datetime
    tubes: int
    suggested: datetime

    @property
    def moves(self) -> bool:
        return self.suggested != self.starts_at


@dataclass(frozen=True, slots=True)
class NightOfRounds:
    """The rounds by start; tubes of the busiest hour as planned (`peak`) and as suggested
    (`peak_then`), and what laboratories and couriers take in one (`limit`)."""

    plan: UUID
    rounds: tuple[PlannedOne, ...]
    peak: float
    peak_then: float
    limit: float

    @property
    def shared(self) -> bool:
        return len(self.rounds) > 1

    @property
    def moves(self) -> bool:
        return any(r.moves for r in self.rounds)

    @property
    def own(self) -> PlannedOne | None:
        """The plan that was asked about, unless another one of its community stands for it."""
        return next((r for r in self.rounds if r.plan == self.plan), None)


def night_of(plan: UUID) -> NightOfRounds:
    """The night of a planned round. Raises `PlannedRoundNotFound`."""
    found = planned_round(plan)
    policy = policies.load(settings.MUSTER_POLICY)
    rule, box = policy.screening.night, policy.screening.custody.tubes_per_box
    limit = min(rule.laboratory_tubes_an_hour, rule.courier_boxes_an_hour * box)
    every = rule.start_every_minutes
    rows = _rows(plan, found.plan.starts_at)
    first = min((row[4] for row in rows), default=found.plan.starts_at)
    rounds = [
        NightRound(
            str(id_), tubes, last + policy.screening.conduct.call_every_minutes,
            wished=round((starts - first).total_seconds() / 60), fixed=opened,
        )
        for id_, _, _, opened, starts, tubes, last in rows
    ]  # fmt: skip
    starts = stagger_night(rounds, an_hour=limit, every=every, steps=rule.start_steps)
    names = divisions_by_code([row[1] for row in rows])
    told = [
        PlannedOne(
            id_, names[area].name if area in names else str(area), title, opened, at, tubes,
            at + timedelta(minutes=starts[str(id_)] - each.wished),
        )
        for (id_, area, title, opened, at, tubes, _), each in zip(rows, rounds, strict=True)
    ]  # fmt: skip
    wished = {r.key: r.wished for r in rounds}
    hourly = 60 / every
    return NightOfRounds(
        plan,
        tuple(sorted(told, key=lambda r: (r.suggested, r.name))),
        peak=max(night_load(rounds, wished, every=every), default=0.0) * hourly,
        peak_then=max(night_load(rounds, starts, every=every), default=0.0) * hourly,
        limit=limit,
    )


type Row = tuple[UUID, int, str, bool, datetime, int, int]
"""Plan, area, title, whether it is opened, start, tubes, minute of the last call."""


def _rows(plan: UUID, starts_at: datetime) -> list[Row]:
    local = clock.to_local(starts_at) - NOON
    noon = local.replace(hour=0, minute=0, second=0, microsecond=0) + NOON
    with connection.cursor() as cursor:
        cursor.execute(PLANNED, {"plan": plan, "noon": noon, "since": clock.now() - KEPT})
        return list(cursor.fetchall())
