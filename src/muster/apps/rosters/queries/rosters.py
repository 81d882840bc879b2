"""Plans, rosters, boards, a person's own shifts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from muster.apps.people.queries.people import names_in_reach
from muster.apps.rosters.errors import PlanNotFound
from muster.apps.rosters.models import Assignment, Ban, Gap, Plan, Post, RoleSwitch, Shift
from muster.kernel import clock
from muster.kernel.divisions import code_range, codes_around


def plan_of(plan_id: UUID) -> Plan:
    """One plan. Raises `PlanNotFound`."""
    found = Plan.objects.filter(id=plan_id).first()
    if found is None:
        raise PlanNotFound
    return found


def plans_of(area: int) -> list[Plan]:
    """The plans of a division and of those around it, newest first."""
    return list(Plan.objects.filter(area__in=codes_around(area)).order_by("-made_at")[:20])


def roster_of(area: int) -> Plan | None:
    """The roster in force for a division, its own before one of a division around it: the first
    that is not over, else the last one."""
    published = Plan.objects.filter(area__in=codes_around(area), state=Plan.State.PUBLISHED)
    ahead = published.filter(ends_at__gt=clock.now()).order_by("-area", "starts_at")
    return ahead.first() or published.order_by("-area", "-published_at").first()


def open_shifts(area: int, starts_at: datetime, ends_at: datetime) -> list[Shift]:
    """Shifts of open posts that overlap a span, the most urgent posts first."""
    return list(
        Shift.objects.filter(
            area__range=code_range(area),
            starts_at__lt=ends_at,
            ends_at__gt=starts_at,
            post__closed_at=None,
        )
        .select_related("post__place")
        .order_by("starts_at", "post__priority", "post__table_no", "post__name")
    )


@dataclass(slots=True)
class BoardLine:
    """A post in one shift: who stands there, and how many are missing."""

    shift: Shift
    assignments: list[Assignment] = field(default_factory=list)
    gap: Gap | None = None

    @property
    def missing(self) -> int:
        """Seats that nobody holds."""
        return max(0, self.shift.required - len(self.assignments))


GONE = (Assignment.State.WITHDRAWN, Assignment.State.NO_SHOW)


def board_of(
    plan_id: UUID, *, role: str = "", only_short: bool = False, within: int | None = None
) -> list[BoardLine]:
    """The board of a plan, shift by shift, post by post; `within` one division of it."""
    plan = plan_of(plan_id)
    shifts = open_shifts(within or plan.area, plan.starts_at, plan.ends_at)
    lines = {s.id: BoardLine(s) for s in shifts if not role or s.post.role == role}
    for a in assignments_of(plan_id):
        if a.shift_id in lines and a.state not in GONE:
            lines[a.shift_id].assignments.append(a)
    for gap in Gap.objects.filter(plan=plan_id):
        if gap.shift_id in lines:
            lines[gap.shift_id].gap = gap
    return [line for line in lines.values() if line.missing or not only_short]


def assignments_of(plan_id: UUID) -> QuerySet[Assignment]:
    """Everybody on a plan."""
    return (
        Assignment.objects.filter(plan=plan_id)
        .select_related("person", "shift__post")
        .order_by("shift__starts_at", "shift__post__table_no")
    )


@dataclass(frozen=True, slots=True)
class Banned:
    """Somebody who is not sent to a post; who is out of reach has no name."""

    id: UUID
    name: str


def bans_of(posts: Iterable[UUID]) -> dict[UUID, list[Banned]]:
    """Post → who is never sent there."""
    rows = list(Ban.objects.filter(post__in=set(posts), lifted_at=None).order_by("made_at", "id"))
    names = names_in_reach([row.person_id for row in rows])
    found: dict[UUID, list[Banned]] = {}
    for row in rows:
        found.setdefault(row.post_id, []).append(Banned(row.id, names.get(row.person_id, "—")))
    return found


def shifts_of_person(person: UUID) -> list[Assignment]:
    """Somebody's published shifts, in time."""
    return list(
        Assignment.objects.filter(person_id=person, plan__state=Plan.State.PUBLISHED)
        .exclude(state=Assignment.State.WITHDRAWN)
        .select_related("shift__post__place")
        .order_by("shift__starts_at")
    )


def gaps_of(plan_id: UUID) -> list[Gap]:
    """What stays short, the largest first."""
    return list(Gap.objects.filter(plan=plan_id).select_related("shift__post").order_by("-missing"))


def roles_of(persons: Sequence[UUID]) -> dict[UUID, RoleSwitch]:
    """The front-line role that each of these serves in now."""
    return {s.person_id: s for s in RoleSwitch.objects.filter(person__in=persons, until=None)}


def posts_of(area: int) -> list[Post]:
    """The open posts of a community."""
    return list(
        Post.objects.filter(area=area, closed_at=None)
        .select_related("place")
        .order_by("priority", "table_no", "name")
    )


def post_of(post_id: UUID) -> Post | None:
    """One post."""
    return Post.objects.filter(id=post_id).select_related("place").first()


def gaps_in(*, low: int, high: int) -> list[Gap]:
    """What stays short on the rosters in force in a range of communities, the largest first."""
    return list(
        Gap.objects.filter(plan__area__range=(low, high), plan__state=Plan.State.PUBLISHED)
        .select_related("shift__post")
        .order_by("-missing", "shift__starts_at")
    )
