"""Doors that were called and of which somebody has not come: whom the second call is for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING
from uuid import UUID

from muster import policies
from muster.apps.communities.queries.doors import residents_of
from muster.apps.communities.queries.places import places
from muster.apps.screening.models import PlannedRound, SecondCall
from muster.apps.screening.queries.coverage import Behind, behind_doors
from muster.apps.screening.queries.plans import planned_round
from muster.apps.screening.queries.rounds import round_of
from muster.kernel import clock
from muster.rounds.calling import minute_of_doors

if TYPE_CHECKING:
    from muster.apps.communities.models import Place
    from muster.apps.screening.models import Round

MOST = 20_000
"""Residents of a place that are looked at."""


@dataclass(frozen=True, slots=True)
class Uncome:
    """A door whose call has passed. `building`: the name to find it by; `behind`: who is missing;
    `again_at`: the last time that it was called again."""

    door: int
    label: str
    building: str
    behind: tuple[Behind, ...]
    called_at: datetime
    again_at: datetime | None


def uncome_of(round_id: UUID) -> list[Uncome]:
    """The doors to call again, in street order. A door without a call of its own (the round was
    opened without a plan) was called when the round began. Raises `RoundNotFound`."""
    round_ = round_of(round_id)
    wait = policies.load(round_.policy).screening.desk.second_call_minutes
    passed = clock.now() - timedelta(minutes=wait)
    if round_.starts_at > passed:
        return []
    again = _again(round_id)
    missing = [
        each
        for place in round_.places
        for each in behind_doors(round_id, place, only_missing=True, limit=MOST)
        if each.status == "missing"
    ]
    houses = _houses({each.door for each in missing})
    minutes = _minutes(round_)
    found = []
    for door, group in groupby(missing, key=lambda each: each.door):
        behind, (house, name) = tuple(group), houses[door]
        minute = minutes.get(house, {}).get(behind[0].label, 0)
        called = round_.starts_at + timedelta(minutes=minute)
        if called <= passed:
            found.append(Uncome(door, behind[0].label, name, behind, called, again.get(door)))
    return found


def _again(round_id: UUID) -> dict[int, datetime]:
    marks = SecondCall.objects.filter(round=round_id).order_by("at")
    return dict(marks.values_list("door_id", "at"))


def _houses(doors: set[int]) -> dict[int, tuple[int, str]]:
    """Of each door its building (or the estate, where there is none): id and name."""
    known = {p.id: p for p in places(sorted(doors))}
    above = {p.id: p for p in places(sorted({x for p in known.values() for x in p.path[:-1]}))}
    return {p.id: _house([above[x] for x in p.path[:-1] if x in above]) for p in known.values()}


def _house(above: list[Place]) -> tuple[int, str]:
    named = [p for p in above if p.kind in ("estate", "building")] or above[-1:]
    return named[-1].id, " ".join(p.name for p in named)


def _minutes(round_: Round) -> dict[int, dict[str, int]]:
    """By building and door the minute of its call, from the plan that the round was opened by."""
    row = PlannedRound.objects.filter(round=round_).order_by("-made_at").first()
    if row is None:
        return {}
    ranges: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
    for call, first, last in planned_round(row.id).calls:
        ranges[int(call.building)].append((call.minute, first, last))
    found = {}
    for house, own in ranges.items():
        labels = dict.fromkeys(r.label for r in residents_of(round_.area, within=house))
        found[house] = minute_of_doors(list(labels), own)
    return found
