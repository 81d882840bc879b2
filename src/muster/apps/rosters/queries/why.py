"""Why a post is short as the plan stands, what one change would fill it, and who could come."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from muster.apps.audit.actions import as_system
from muster.apps.rosters.errors import PlanNotFound
from muster.apps.rosters.models import Assignment, Plan, Shift
from muster.apps.rosters.queries.joint import codes_of, whom
from muster.apps.rosters.queries.weeks import standing_of
from muster.planner.city.explain import explain_post
from muster.planner.city.rules.explaining import beside_of
from muster.planner.editing import is_full, options, successors
from muster.planner.plan import Bar
from muster.planner.reasons import BARS, bars, lacks, pins_of


@dataclass(frozen=True, slots=True)
class Why:
    """`bars`: how many holders of the role each thing keeps away. `options`: (person, km) who may
    come at once. `remedies`: (person, what would have to change, km). `lacks`:
    whom the post needs and nobody can be, and what keeps those away who could."""

    shift: Shift
    full: bool
    bars: Sequence[tuple[Bar, int]]
    options: Sequence[tuple[UUID, float]]
    remedies: Sequence[tuple[UUID, Bar, float]]
    lacks: Sequence[tuple[str | int, Bar]] = ()


def who_instead(a: Assignment) -> list[tuple[UUID, float]]:
    """(person, km): who may take somebody's place on a plan as one change."""
    with as_system("homes of those who serve"):
        standing = standing_of(a.plan, a.shift.starts_at)
    if standing is None or a.shift_id not in standing.facts.shift:
        return []
    people = standing.facts.people
    one, post = standing.facts.person[a.person_id], standing.facts.shift[a.shift_id]
    found = successors(standing.week, standing.lines, one, post)
    return [(people[o.person].id, o.km) for o in found]


def who_could(plan: Plan, shift: UUID) -> Why:
    """The answer for one shift. Raises `PlanNotFound`."""
    found = Shift.objects.filter(id=shift).select_related("post__place").first()
    if found is None:
        raise PlanNotFound
    with as_system("homes of those who serve"):
        standing = standing_of(plan, found.starts_at)
    post = standing.facts.shift.get(shift) if standing else None
    if standing is None or post is None or post not in standing.week.cells:
        long = standing is not None and post is not None
        bar = Bar.SHIFT_TOO_LONG if long else Bar.NOBODY_HAS_ROLE
        return Why(found, full=False, bars=((bar, 0),), options=(), remedies=())
    week, lines, people = standing.week, standing.lines, standing.facts.people
    cell = week.cells[post]
    beside = beside_of(week.city, pins_of(week, standing.pins), lines, *cell)
    told = explain_post(week.city, lines, *cell, beside)
    codes = codes_of(standing.facts.shifts)
    missing = lacks(week, pins_of(week, standing.pins), lines, week.posts[post])
    full = is_full(week, lines, post)
    return Why(
        found,
        full=full,
        bars=bars(told),
        options=[] if full else [(people[o.person].id, o.km) for o in options(week, lines, post)],
        remedies=[
            (people[r.person].id, BARS[r.change], round(r.km, 1))
            for r in told.remedies
            if r.change not in ("free", "too_dear")
        ],
        lacks=[] if full else [(whom(each.tag, codes), each.reason) for each in missing],
    )
