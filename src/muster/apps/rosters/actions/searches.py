"""The planner at work as a job: begun, watched, stopped, begun again. A draft is its result."""

from datetime import datetime
from uuid import UUID

from procrastinate.contrib.django import app

from muster import planner
from muster.apps.audit.actions import act_as, as_system, current_actor, write_line
from muster.apps.people.queries.access import require
from muster.apps.rosters.actions.proposals import write_proposal
from muster.apps.rosters.actions.watching import (
    OPEN,
    concluded,
    refuse_overtaken,
    refuse_two,
    sender_of,
    watched,
)
from muster.apps.rosters.errors import NothingToPlan, PlanNotDraft, PlanNotFound
from muster.apps.rosters.models import Assignment, Plan, Search
from muster.apps.rosters.queries.rosters import GONE, open_shifts
from muster.apps.rosters.queries.weeks import Facts, facts_of
from muster.kernel import clock
from muster.planner.plan import Plan as Proposal
from muster.protocols.access import Verb


def start_plan(
    *, area: int, title: str, starts_at: datetime, ends_at: datetime, seconds: float
) -> Plan:
    """An empty draft, and a job that fills it. Raises `NotAllowed`, `NothingToPlan`."""
    require(Verb.PLAN_ROSTER, place=area)
    if not open_shifts(area, starts_at, ends_at):
        raise NothingToPlan(reason="")
    plan = Plan.objects.create(
        area=area, title=title, starts_at=starts_at, ends_at=ends_at,
        made_by=current_actor().name, made_at=clock.now(),
    )  # fmt: skip
    _begin(plan, seconds)
    return plan


def replan(*, plan: UUID, seconds: float) -> Plan:
    """A new draft for the same posts that keeps what is pinned; the old plan stays to compare.

    Raises `PlanNotFound`, `NotAllowed`, `SearchUnderWay`.
    """
    found = _plan(plan)
    refuse_two(Search, plan=found.id)
    made = Plan.objects.create(
        area=found.area, title=found.title, starts_at=found.starts_at, ends_at=found.ends_at,
        made_by=current_actor().name, made_at=clock.now(), based_on=found,
    )  # fmt: skip
    with as_system("pinned"):
        pinned = list(Assignment.objects.filter(plan=found, pinned=True).exclude(state__in=GONE))
        Assignment.objects.bulk_create(
            [
                Assignment(
                    plan=made, shift_id=a.shift_id, person_id=a.person_id, area=a.area,
                    serving=a.serving, unit=a.unit, role=a.role, reason=a.reason, pinned=True,
                )
                for a in pinned
            ]
        )  # fmt: skip
    _begin(made, seconds)
    return made


def restart_search(*, plan: UUID, seconds: float) -> Search:
    """Search once more on a draft whose search has ended or died; what is pinned stays.

    Raises `PlanNotFound`, `PlanNotDraft`, `NotAllowed`, `SearchUnderWay`.
    """
    found = _plan(plan)
    if found.state != Plan.State.DRAFT:
        raise PlanNotDraft(reason="")
    refuse_two(Search, plan=found.id)
    return _begin(found, seconds)


def stop_search(*, plan: UUID) -> None:
    """End the search soon; the best plan so far is kept. Raises `PlanNotFound`, `NotAllowed`."""
    found = _plan(plan)
    if Search.objects.filter(plan=found, state__in=OPEN).update(state=Search.State.STOPPING):
        write_line(action="search_stopped", area=found.area, subject=plan)


def _plan(plan: UUID) -> Plan:
    found = Plan.objects.select_for_update().filter(id=plan).first()
    if found is None:
        raise PlanNotFound
    require(Verb.PLAN_ROSTER, place=found.area)
    return found


def _begin(plan: Plan, seconds: float) -> Search:
    now = clock.now()
    search = Search.objects.create(
        plan=plan, area=plan.area, seconds=seconds, account=current_actor().account,
        created_at=now, told_at=now,
    )  # fmt: skip
    write_line(action="search_begun", area=plan.area, subject=plan.id)
    app.configure_task("rosters.search", queue="planning").defer(search_id=str(search.id))
    return search


def run_search(*, search: UUID) -> str:
    """The job: search, say how far it is, write the best plan down; the state it ends in."""
    with as_system("search"):
        found = Search.objects.filter(id=search, state__in=OPEN).select_related("plan").first()
        if found is None:
            return "gone"
        facts = facts_of(found.plan)
        sender = sender_of(found)

    def work() -> None:
        known = _not_empty(facts)
        proposal = watched(found, lambda watch: planner.solve(known.problem, found.seconds, watch))
        with act_as(sender):
            _finish(found, known, proposal)

    return concluded(found, work)


def _not_empty(facts: Facts | None) -> Facts:
    """Raises `NothingToPlan`: the posts were closed meanwhile."""
    if facts is None:
        raise NothingToPlan(reason="")
    return facts


def _finish(search: Search, facts: Facts, proposal: Proposal) -> None:
    require(Verb.PLAN_ROSTER, place=search.area)
    plan = Plan.objects.select_for_update().get(id=search.plan_id)
    if plan.state != Plan.State.DRAFT:
        raise PlanNotDraft(reason="")
    refuse_overtaken(search)
    with as_system("search"):
        write_proposal(plan, facts, proposal)
    figures = proposal.figures
    Search.objects.filter(id=search.id).update(
        state=Search.State.DONE, cost=figures.cost, bound=figures.bound, told_at=clock.now(),
        spent=proposal.seconds,
    )  # fmt: skip
    wanted = sum(s.required for s in facts.shifts)
    write_line(
        action="plan_proposed", area=plan.area, subject=plan.id, wanted=wanted, short=proposal.short
    )
