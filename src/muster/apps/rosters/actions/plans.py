"""Propose a plan through the planner's seam; publish it as the roster."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from muster import planner
from muster.apps.audit.actions import as_system, current_actor, write_line
from muster.apps.notices.actions import address_persons, create_notice, enqueue_delivery
from muster.apps.people.queries.access import require
from muster.apps.rosters.actions.proposals import write_proposal
from muster.apps.rosters.actions.watching import OPEN
from muster.apps.rosters.errors import (
    JointPostsIncomplete,
    NothingToPlan,
    PlanNotDraft,
    PlanNotFound,
    SearchUnderWay,
)
from muster.apps.rosters.models import Assignment, Plan
from muster.apps.rosters.queries.joint import Incomplete, incomplete_posts, seal_of
from muster.apps.rosters.queries.rosters import GONE
from muster.apps.rosters.queries.weeks import facts_of
from muster.kernel import clock
from muster.kernel.divisions import code_range
from muster.protocols.access import Verb


@dataclass(frozen=True, slots=True)
class Proposed:
    """A draft with what it leaves short: the shortage is said first."""

    plan: Plan
    wanted: int
    placed: int
    short: int


def propose_plan(
    *, area: int, title: str, starts_at: datetime, ends_at: datetime, seconds: float | None = None
) -> Proposed:
    """Fill the open shifts of a division from those who came forward, while the caller waits; every
    person and every gap with its reason. The desk lets a job do it: `start_plan`.

    Raises `NotAllowed`, `NothingToPlan`.
    """
    require(Verb.PLAN_ROSTER, place=area)
    plan = Plan(
        area=area, title=title, starts_at=starts_at, ends_at=ends_at,
        made_by=current_actor().name, made_at=clock.now(),
    )  # fmt: skip
    facts = facts_of(plan)
    if facts is None:
        raise NothingToPlan(reason="")
    proposal = planner.solve(facts.problem, seconds)
    plan.save()
    with as_system("assignments of people from elsewhere"):
        write_proposal(plan, facts, proposal)
    wanted = sum(s.required for s in facts.shifts)
    write_line(
        action="plan_proposed", area=area, subject=plan.id, wanted=wanted, short=proposal.short
    )
    return Proposed(plan, wanted, len(proposal.assignments), proposal.short)


def publish_plan(*, plan: UUID, incomplete: str = "") -> Plan:
    """The draft becomes the roster; the one before it is replaced; everybody on it is told.

    incomplete: the seal (`joint.seal_of`) of the joint posts that lack a body and were shown to
    whoever publishes it all the same. Raises `PlanNotFound`, `PlanNotDraft`, `SearchUnderWay`,
    `NotAllowed`, `JointPostsIncomplete`.
    """
    _lock_beside(plan)
    found = Plan.objects.select_for_update().filter(id=plan).first()
    if found is None:
        raise PlanNotFound
    require(Verb.PUBLISH_ROSTER, place=found.area)
    if found.state != Plan.State.DRAFT:
        raise PlanNotDraft(reason="")
    if found.searches.filter(state__in=OPEN).exists():
        raise SearchUnderWay(reason="")
    lacking = incomplete_posts(found, found.area)
    if lacking and incomplete != seal_of(lacking):
        raise _unconfirmed(lacking)
    Plan.objects.filter(
        area__range=code_range(found.area), state=Plan.State.PUBLISHED,
        starts_at__lt=found.ends_at, ends_at__gt=found.starts_at,
    ).update(state=Plan.State.REPLACED)  # fmt: skip
    found.state, found.published_at = Plan.State.PUBLISHED, clock.now()
    found.published_by = current_actor().name
    found.save(update_fields=["state", "published_at", "published_by"])
    told = _tell(found)
    write_line(action="roster_published", area=found.area, subject=plan, told=told)
    if lacking:
        codes = {str(each.shift.id): each.codes for each in lacking}
        write_line(
            action="published_incomplete", area=found.area, subject=plan, many=len(codes),
            lacks=codes,
        )  # fmt: skip
    return found


def _unconfirmed(lacking: Sequence[Incomplete]) -> JointPostsIncomplete:
    first = lacking[0].shift
    return JointPostsIncomplete(
        many=len(lacking), post=first.post.name, when=clock.local(first.starts_at, "%m-%d %H:%M")
    )


def _lock_beside(plan: UUID) -> None:
    """Lock the plans of the same days and places: of two published at once the later one replaces
    the other."""
    for one in Plan.objects.filter(id=plan):
        same_days = Plan.objects.filter(starts_at__lt=one.ends_at, ends_at__gt=one.starts_at)
        beside = same_days.filter(area__range=code_range(one.area))
        list(beside.select_for_update().order_by("id").values_list("id"))


def _tell(plan: Plan) -> int:
    notice = create_notice(
        kind="roster",
        title="排班通知 · Your shifts",
        body="您的岗位：{post}，{when}。Your post: {post}, {when}.",
        area=plan.area,
        about=plan.id,
    )
    first: dict[UUID, dict[str, str]] = {}
    rows = Assignment.objects.filter(plan=plan).exclude(state__in=GONE)
    rows = rows.select_related("shift__post")
    for a in rows.order_by("shift__starts_at"):
        first.setdefault(
            a.person_id,
            {"post": a.shift.post.name, "when": clock.local(a.shift.starts_at, "%m-%d %H:%M")},
        )
    count = address_persons(notice=notice, persons=first)
    enqueue_delivery(notice=notice.id)
    return count
