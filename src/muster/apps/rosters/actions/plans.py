"""Propose a plan through the planner's seam; publish it as the roster."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from muster import planner
from muster.apps.audit.actions import as_system, current_actor, write_line
from muster.apps.notices.actions import address_persons, create_notice, enqueue_delivery
from muster.apps.people.queries.access import require
from muster.apps.rosters.errors import NothingToPlan, PlanNotDraft, PlanNotFound
from muster.apps.rosters.models import Assignment, Gap, Plan, Shift
from muster.apps.rosters.queries.problems import Candidates, candidates_of, problem_of
from muster.apps.rosters.queries.rosters import open_shifts
from muster.kernel import clock
from muster.planner.plan import Plan as Proposal
from muster.protocols.access import Verb

SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Proposed:
    """A draft with what it leaves short: the shortage is said first."""

    plan: Plan
    wanted: int
    placed: int
    short: int


def propose_plan(
    *, area: int, title: str, starts_at: datetime, ends_at: datetime, seconds: float = SECONDS
) -> Proposed:
    """Fill the open shifts of a community from those who came forward; every person and every gap
    with its reason.

    Raises `NotAllowed`, `NothingToPlan`.
    """
    require(Verb.PLAN_ROSTER, place=area)
    shifts = open_shifts(area, starts_at, ends_at)
    if not shifts:
        raise NothingToPlan(reason="")
    with as_system("homes of those who serve"):
        people = candidates_of(area)
    proposal = planner.solve(problem_of(shifts, people, clock.now()), seconds)
    plan = Plan.objects.create(
        area=area,
        title=title,
        starts_at=starts_at,
        ends_at=ends_at,
        summary=_summary(shifts, proposal),
        made_by=current_actor().name,
        made_at=clock.now(),
    )
    _save(plan, shifts, people, proposal)
    wanted = sum(s.required for s in shifts)
    write_line(
        action="plan_proposed", area=area, subject=plan.id, wanted=wanted, short=proposal.short
    )
    return Proposed(plan, wanted, len(proposal.assignments), proposal.short)


def _summary(shifts: Sequence[Shift], proposal: Proposal) -> dict[str, object]:
    """Role → [wanted, needed, placed]."""
    roles: dict[str, list[int]] = {}
    for shift in shifts:
        line = roles.setdefault(shift.post.role, [0, 0, 0])
        line[0] += shift.required
        line[1] += shift.minimum
    for each in proposal.assignments:
        roles[shifts[each.post].post.role][2] += 1
    return {"roles": roles, "solver": proposal.solver, "seconds": round(proposal.seconds, 2)}


def _save(plan: Plan, shifts: Sequence[Shift], people: Candidates, proposal: Proposal) -> None:
    Assignment.objects.bulk_create(
        [
            Assignment(
                plan=plan,
                shift=shifts[a.post],
                person_id=people[a.person].id,
                area=people[a.person].area,
                serving=plan.area,
                unit=people[a.person].unit,
                role=shifts[a.post].post.role,
                reason={"code": a.why.value, "km": round(a.km, 2), "earlier": a.earlier},
            )
            for a in proposal.assignments
        ],
        batch_size=1000,
    )
    Gap.objects.bulk_create(
        [
            Gap(
                plan=plan,
                shift=shifts[g.post],
                area=plan.area,
                missing=g.short,
                reason=g.reason.value,
                detail={bar.value: n for bar, n in g.counts},
            )
            for g in proposal.gaps
        ]
    )


def publish_plan(*, plan: UUID) -> Plan:
    """The draft becomes the roster; the one before it is replaced; everybody on it is told.

    Raises `PlanNotFound`, `PlanNotDraft`, `NotAllowed`.
    """
    found = Plan.objects.select_for_update().filter(id=plan).first()
    if found is None:
        raise PlanNotFound
    require(Verb.PUBLISH_ROSTER, place=found.area)
    if found.state != Plan.State.DRAFT:
        raise PlanNotDraft(reason="")
    Plan.objects.filter(area=found.area, state=Plan.State.PUBLISHED).update(
        state=Plan.State.REPLACED
    )
    found.state, found.published_at = Plan.State.PUBLISHED, clock.now()
    found.published_by = current_actor().name
    found.save(update_fields=["state", "published_at", "published_by"])
    told = _tell(found)
    write_line(action="roster_published", area=found.area, subject=plan, told=told)
    return found


def _tell(plan: Plan) -> int:
    notice = create_notice(
        kind="roster",
        title="排班通知 · Your shifts",
        body="您的岗位：{post}，{when}。Your post: {post}, {when}.",
        area=plan.area,
        about=plan.id,
    )
    first: dict[UUID, dict[str, str]] = {}
    rows = Assignment.objects.filter(plan=plan).select_related("shift__post")
    for a in rows.order_by("shift__starts_at"):
        first.setdefault(
            a.person_id,
            {"post": a.shift.post.name, "when": clock.local(a.shift.starts_at, "%m-%d %H:%M")},
        )
    count = address_persons(notice=notice, persons=first)
    enqueue_delivery(notice=notice.id)
    return count


def move_person(*, assignment: UUID, shift: UUID) -> Assignment:
    """Put somebody on another shift by hand; pinned, so that a new plan leaves it.

    Raises `PlanNotFound`, `NotAllowed`.
    """
    found = Assignment.objects.select_for_update().filter(id=assignment).first()
    if found is None:
        raise PlanNotFound
    require(Verb.PLAN_ROSTER, place=found.serving or found.area)
    to = Shift.objects.select_related("post").get(id=shift)
    found.shift, found.role, found.pinned = to, to.post.role, True
    found.reason = {"code": "by_hand"}
    found.save(update_fields=["shift", "role", "pinned", "reason"])
    write_line(action="moved_by_hand", area=found.area, subject=assignment)
    return found


def remove_person(*, assignment: UUID) -> Assignment:
    """Take somebody off a shift by hand. Raises `PlanNotFound`, `NotAllowed`."""
    found = Assignment.objects.select_for_update().filter(id=assignment).first()
    if found is None:
        raise PlanNotFound
    require(Verb.PLAN_ROSTER, place=found.serving or found.area)
    found.state = Assignment.State.WITHDRAWN
    found.save(update_fields=["state"])
    write_line(action="removed_by_hand", area=found.area, subject=assignment)
    return found
