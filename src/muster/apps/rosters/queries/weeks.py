"""A plan as it stands, in the planner's terms: seven days of it, with everybody who could serve."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from muster.apps.audit.actions import as_system
from muster.apps.rosters.models import Assignment, Plan, Shift
from muster.apps.rosters.queries.experience import crew_of, standings_of, stored_crew
from muster.apps.rosters.queries.problems import (
    Candidate,
    candidates_of,
    departed,
    problem_of,
)
from muster.apps.rosters.queries.rosters import GONE, open_shifts
from muster.kernel import clock
from muster.planner.city.problem import Lines
from muster.planner.encoding import Week, week_of
from muster.planner.problem import WEEK, Commitment, Pin, Problem
from muster.protocols.experience import Crew


@dataclass(frozen=True)
class Facts:
    """What a search needs of a plan; ids in `problem` are positions in `shifts` and `people`.
    `crew`: where newcomers are told by their shifts; of a plan that stands, as it was made."""

    shifts: Sequence[Shift]
    people: Sequence[Candidate]
    problem: Problem
    crew: Crew

    @cached_property
    def person(self) -> dict[UUID, int]:
        """Person → the planner's number."""
        return {candidate.id: i for i, candidate in enumerate(self.people)}

    @cached_property
    def shift(self) -> dict[UUID, int]:
        """Shift → the planner's number."""
        return {shift.id: i for i, shift in enumerate(self.shifts)}


@dataclass(frozen=True, slots=True)
class Standing:
    """A plan as it stands in one week: `lines` (people x slots) on the week's own posts; `pins`:
    person and shift, by position."""

    facts: Facts
    week: Week
    lines: Lines
    pins: tuple[tuple[int, int], ...] = ()


def facts_of(plan: Plan, *, since: datetime | None = None, pinned: bool = True) -> Facts | None:
    """The open shifts of a plan's span (of seven days from `since` on) and everybody who could
    serve or does, what they do elsewhere, what is pinned; None without an open shift."""
    shifts = open_shifts(plan.area, since or plan.starts_at, plan.ends_at)
    if since is not None:
        # What has begun before the span belongs to its first week.
        first = since == plan.starts_at
        shifts = [
            s for s in shifts if (first or s.starts_at >= since) and s.starts_at < since + WEEK
        ]
    if not shifts:
        return None
    with as_system("homes of those who serve"):
        people: list[Candidate] = list(candidates_of(plan.area))
        mine = _assignments(plan)
        known = {c.id for c in people}
        people += departed({a.person_id for a in mine} - known, plan.area)
        index = {c.id: i for i, c in enumerate(people)}
        number = {s.id: i for i, s in enumerate(shifts)}
        elsewhere = _elsewhere(plan, index, number, mine)
        pins = [
            Pin(index[a.person_id], number[a.shift_id])
            for a in mine
            if pinned and a.pinned and a.state not in GONE and a.shift_id in number
        ]
        standings = standings_of(list(index))
        crew = crew_of(shifts, people, standings) if since is None else stored_crew(plan)
        new = {p: each.newcomer(counted=False) for p, each in standings.items()
               if each.newcomer(counted=crew.counted)}  # fmt: skip
        problem = problem_of(
            shifts, people, clock.now(), commitments=elsewhere, pins=pins, newcomers=new,
            lenient=crew.lenient,
        )  # fmt: skip
    return Facts(shifts, people, problem, crew)


def standing_of(plan: Plan, at: datetime) -> Standing | None:
    """The week of the plan in which the moment `at` lies; None when nobody could serve in it."""
    weeks = max(0, (at - plan.starts_at) // WEEK)
    facts = facts_of(plan, since=plan.starts_at + weeks * WEEK, pinned=False)
    week = week_of(facts.problem) if facts else None
    if facts is None or week is None:
        return None
    person, shift = facts.person, facts.shift
    held = [
        (a.pinned, (person[a.person_id], shift[a.shift_id]))
        for a in _assignments(plan)
        if a.state not in GONE and a.shift_id in shift and a.person_id in person
    ]
    pins = tuple(pair for pinned, pair in held if pinned)
    return Standing(facts, week, week.lines([pair for _, pair in held]), pins)


def _assignments(plan: Plan) -> list[Assignment]:
    return list(Assignment.objects.filter(plan=plan).select_related("shift"))


def _elsewhere(
    plan: Plan, index: dict[UUID, int], number: dict[UUID, int], mine: list[Assignment]
) -> list[Commitment]:
    """What people do on other rosters in force, in other weeks of this one, and where they did not
    come: nobody who failed to come is sent into the same hours again."""
    others = (
        Assignment.objects.filter(
            plan__state=Plan.State.PUBLISHED,
            person_id__in=list(index),
            shift__ends_at__gt=plan.starts_at - WEEK,
            shift__starts_at__lt=plan.ends_at + WEEK,
        )
        .exclude(plan__area=plan.area)
        .exclude(state__in=GONE)
        .select_related("shift")
    )
    own = [
        a
        for a in mine
        if (a.shift_id not in number and a.state not in GONE) or a.state == Assignment.State.NO_SHOW
    ]
    return [
        Commitment(
            index[a.person_id], clock.to_local(a.shift.starts_at), clock.to_local(a.shift.ends_at)
        )
        for a in (*others, *own)
        if a.person_id in index
    ]
