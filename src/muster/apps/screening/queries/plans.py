"""Planned rounds as they were saved."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec

from muster.apps.screening.errors import PlannedRoundNotFound
from muster.apps.screening.models import PlannedRound
from muster.rounds.plan import HomeVisits, PlannedCall, RoundPlan


@dataclass(frozen=True, slots=True)
class Planned:
    """A planned round ready to be shown: each call with the first and the last door it calls, each
    building's home visits with their doors."""

    row: PlannedRound
    plan: RoundPlan
    calls: tuple[tuple[PlannedCall, str, str], ...]
    home: tuple[tuple[HomeVisits, list[str]], ...]

    @property
    def rehearsal(self) -> dict[str, Any]:
        """What its rehearsals came to."""
        found: dict[str, Any] = self.row.rehearsal
        return found


def planned_round(plan_id: UUID) -> Planned:
    """One planned round. Raises `PlannedRoundNotFound`."""
    row = PlannedRound.objects.filter(id=plan_id).first()
    if row is None:
        raise PlannedRoundNotFound
    plan = msgspec.convert(row.plan, RoundPlan)
    calls = tuple(
        (call, first, last)
        for call, (first, last) in zip(plan.calls, row.doors["calls"], strict=True)
    )
    home = tuple((visits, row.doors["home"].get(visits.building, [])) for visits in plan.home)
    return Planned(row, plan, calls, home)


def planned_rounds(*, low: int, high: int, limit: int = 10) -> list[PlannedRound]:
    """The latest plans of a range of communities, newest first."""
    found = PlannedRound.objects.filter(area__range=(low, high)).defer("plan", "rehearsal", "doors")
    return list(found.order_by("-made_at")[:limit])
