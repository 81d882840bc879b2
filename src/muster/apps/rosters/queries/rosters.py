"""Plans, rosters, boards, a person's own shifts."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet

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
    return list(_open(area, starts_at, ends_at).select_related("post__place"))


def _open(area: int, starts_at: datetime, ends_at: datetime) -> QuerySet[Shift]:
    found = Shift.objects.filter(
        area__range=code_range(area),
        starts_at__lt=ends_at,
        ends_at__gt=starts_at,
        post__closed_at=None,
    )
    return found.order_by("starts_at", "post__priority", "post__table_no", "post__name")


@dataclass(slots=True)
class BoardLine:
    """A post in one shift: who stands there, and how many do, also out of the reader's reach."""

    shift: Shift
    held: int = 0
    assignments: list[Assignment] = field(default_factory=list)
    gap: Gap | None = None

    @property
    def missing(self) -> int:
        """Seats that nobody holds."""
        return max(0, self.shift.required - self.held)

    @property
    def unseen(self) -> int:
        """Those who stand there and are out of the reader's reach."""
        return max(0, self.held - len(self.assignments))


GONE = (Assignment.State.WITHDRAWN, Assignment.State.NO_SHOW)


@dataclass(frozen=True, slots=True)
class Seats:
    """A post in one shift as a number: how many hold a seat, and how many seats nobody does."""

    shift: UUID
    held: int
    missing: int


def seats_of(
    plan: Plan, area: int, *, role: str = "", only_short: bool = False,
    lacking: Collection[UUID] = (),
) -> list[Seats]:  # fmt: skip
    """The board of a plan in a division as numbers, shift by shift, post by post: a page of it is
    filled by `lines_of`. `lacking`: shifts that are short though every seat may be held."""
    shifts = _open(area, plan.starts_at, plan.ends_at)
    if role:
        shifts = shifts.filter(post__role=role)
    there = Assignment.objects.filter(plan=plan, shift__area__range=code_range(area))
    many = there.exclude(state__in=GONE).values("shift").annotate(n=Count("id"))
    held = dict(many.order_by().values_list("shift", "n"))
    seats = (
        Seats(shift, held.get(shift, 0), max(0, required - held.get(shift, 0)))
        for shift, required in shifts.values_list("id", "required")
    )
    return [each for each in seats if not only_short or each.missing or each.shift in lacking]


def lines_of(plan: Plan, seats: Iterable[Seats], gaps: Iterable[Gap] = ()) -> list[BoardLine]:
    """The lines of `seats`, in their order, with who stands there. `gaps`: of the plan."""
    held = {each.shift: each.held for each in seats}
    rows = Shift.objects.filter(id__in=list(held)).select_related("post")
    shifts = {shift.id: shift for shift in rows}
    lines = {id_: BoardLine(shifts[id_], n) for id_, n in held.items() if id_ in shifts}
    there = Assignment.objects.filter(plan=plan, shift__in=list(lines)).exclude(state__in=GONE)
    for a in there.select_related("person").order_by("id"):
        a.shift = shifts[a.shift_id]
        lines[a.shift_id].assignments.append(a)
    for gap in gaps:
        if gap.shift_id in lines:
            lines[gap.shift_id].gap = gap
    return list(lines.values())


def board_of(
    plan_id: UUID, *, role: str = "", only_short: bool = False, within: int | None = None
) -> list[BoardLine]:
    """The whole board of a plan, shift by shift, post by post; `within` one division of it."""
    plan = plan_of(plan_id)
    area = within or plan.area
    seats = seats_of(plan, area, role=role, only_short=only_short)
    return lines_of(plan, seats, gaps_of(plan_id, area))


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


def gaps_of(plan_id: UUID, within: int | None = None) -> list[Gap]:
    """What stays short, the largest first; `within` one division."""
    found = Gap.objects.filter(plan=plan_id).select_related("shift__post").order_by("-missing")
    return list(found.filter(area__range=code_range(within)) if within else found)


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
