"""Plan a round from the roll and rehearse it; nothing is opened by that."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.conf import settings

from muster import policies
from muster.apps.audit.actions import current_actor, write_line
from muster.apps.people.queries.access import require
from muster.apps.screening.actions.rounds import OpenedRound, open_round
from muster.apps.screening.errors import NoPlaces, PlannedRoundNotFound, PlanOpened
from muster.apps.screening.models import PlannedRound
from muster.apps.screening.queries.buildings import Inhabited, inhabited
from muster.kernel import clock
from muster.protocols.access import Verb
from muster.rounds.area import Area
from muster.rounds.plan import RoundPlan
from muster.rounds.planning import plan_round
from muster.rounds.rehearsing import Changes, Scenario, as_staffed, what_if

RUNS = 60
"""Of each rehearsal: enough for quantiles, done while somebody waits."""


def plan_a_round(
    *, area: int, places: Sequence[int], title: str, starts_at: datetime, ends_at: datetime,
    staff: Mapping[str, int], neighbours: Mapping[str, int], tables: int | None = None,
) -> PlannedRound:  # fmt: skip
    """Plan a round over `places` with who is there, and rehearse it.

    Raises `NotAllowed`, `NoPlaces`.
    """
    require(Verb.OPEN_ROUND, place=area)
    policy = policies.load(settings.MUSTER_POLICY)
    found = inhabited(area, places, policy)
    if not any(each.building.coming for each in found) or ends_at <= starts_at:
        raise NoPlaces(reason="")
    plan = plan_round(
        Area(
            name=title, starts_at=starts_at, hours=(ends_at - starts_at).total_seconds() / 3600,
            buildings=tuple(each.building for each in found), policy=policy.name, tables=tables,
            staff=dict(staff), neighbours=dict(neighbours),
        )
    )  # fmt: skip
    scenarios = what_if(plan, Changes(as_staffed(plan)), runs=RUNS)
    made = PlannedRound.objects.create(
        area=area, title=title, places=list(places), plan=msgspec.to_builtins(plan),
        rehearsal=summary(scenarios),
        doors={"calls": door_ranges(plan, found), "home": home_doors(found)},
        made_by=current_actor().name, made_at=clock.now(),
    )  # fmt: skip
    write_line(
        action="round_planned", area=area, subject=made.id, tables=plan.tables,
        sites=len(plan.sites), short=sum(post.short for post in plan.posts),
    )  # fmt: skip
    return made


def _unopened(plan: UUID) -> PlannedRound:
    """Locked. Raises `PlannedRoundNotFound`, `PlanOpened`, `NotAllowed`."""
    row = PlannedRound.objects.select_for_update().filter(id=plan).first()
    if row is None:
        raise PlannedRoundNotFound
    require(Verb.OPEN_ROUND, place=row.area)
    if row.round_id is not None:
        raise PlanOpened
    return row


def open_planned(*, plan: UUID) -> OpenedRound:
    """Open the round as it was planned: its sites, its tables, one shift over its hours.

    Raises `PlannedRoundNotFound`, `PlanOpened`, `NotAllowed`.
    """
    row = _unopened(plan)
    planned = msgspec.convert(row.plan, RoundPlan)
    ends = planned.starts_at + timedelta(hours=planned.hours)
    opened = open_round(
        area=row.area, places=row.places, title=row.title, starts_at=planned.starts_at,
        ends_at=ends, shifts=[(planned.starts_at, ends)], tube_size=planned.tube_size,
        layout={int(site.building): len(site.tables) for site in planned.sites},
    )  # fmt: skip
    row.round = opened.round
    row.save(update_fields=["round"])
    return opened


def move_start(*, plan: UUID, starts_at: datetime) -> PlannedRound:
    """The same plan at another time: its calls are minutes from the start and move with it.

    Raises `PlannedRoundNotFound`, `PlanOpened`, `NotAllowed`.
    """
    row = _unopened(plan)
    moved = msgspec.structs.replace(msgspec.convert(row.plan, RoundPlan), starts_at=starts_at)
    row.plan = msgspec.to_builtins(moved)
    row.save(update_fields=["plan"])
    write_line(
        action="round_start_moved", area=row.area, subject=plan, starts_at=starts_at.isoformat()
    )
    return row


def door_ranges(plan: RoundPlan, found: Sequence[Inhabited]) -> list[list[str]]:
    """The first and the last door of each call, by the order of doors in its building."""
    doors = {each.building.key: each.doors for each in found}
    return [
        [doors[call.building][call.first - 1], doors[call.building][call.last - 1]]
        for call in plan.calls
    ]


def home_doors(found: Sequence[Inhabited]) -> dict[str, list[str]]:
    """The doors to visit in each building, by its key."""
    return {each.building.key: list(each.at_home) for each in found if each.at_home}


def summary(scenarios: Sequence[Scenario]) -> dict[str, Any]:
    """What the desk shows of rehearsals: ends and waits of each, lines over time of the first."""
    first = scenarios[0].rehearsed
    return {
        "runs": first.runs if first else 0,
        "times": list(first.times) if first else [],
        "tables": [
            {"number": t.number, "site": t.site, "line": list(t.line), "high": list(t.line_high),
             "people": t.people.median, "finish": t.finish.median,
             "recorder": t.recorder_busy.median, "sampler": t.sampler_busy.median}
            for t in (first.tables if first else ())
        ],
        "scenarios": [_ends(each) for each in scenarios],
    }  # fmt: skip


def _ends(scenario: Scenario) -> dict[str, Any]:
    plain: dict[str, Any] = {"key": scenario.key, "tables": scenario.tables}
    done = scenario.rehearsed
    if done is None:
        return plain
    return {
        **plain,
        "finish": done.finish.median,
        "finish_high": done.finish.high,
        "wait": done.wait.median,
        "wait_high": done.wait_high.median,
        "longest": done.longest.median,
        "stage": done.choke.stage,
        "table": done.choke.table,
        "choke_minutes": done.choke.minutes,
        "crowded": list(done.crowded),
    }
