"""When the day goes otherwise: a repair of the roster is proposed with who is told what, then
accepted or dismissed. Nobody hears of it before."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from django.conf import settings

from muster import policies
from muster.apps.audit.actions import as_system, current_actor, write_line
from muster.apps.notices.actions import address_persons, create_notice, enqueue_delivery
from muster.apps.people.queries.access import require
from muster.apps.rosters.errors import NothingToRepair, PlanNotFound, RepairStale
from muster.apps.rosters.models import Assignment, Change, Plan, Repair
from muster.apps.rosters.queries.rosters import GONE
from muster.apps.rosters.queries.weeks import Standing, standing_of
from muster.kernel import clock
from muster.planner.mending import Mended, mend
from muster.planner.problem import Pin
from muster.protocols.access import Verb

COME = (Assignment.State.PRESENT, Assignment.State.DONE)


def propose_repair(*, plan: UUID) -> Repair:
    """The fewest changes that mend the roster from now on: zones, sign-ups, posts and attendance as
    they are. Who is pinned or has come stays where he is.

    Raises `PlanNotFound`, `NotAllowed`, `NothingToRepair`.
    """
    found = Plan.objects.select_for_update().filter(id=plan).first()
    if found is None or found.state != Plan.State.PUBLISHED:
        raise PlanNotFound
    require(Verb.PLAN_ROSTER, place=found.area)
    with as_system("homes of those who serve"):
        standing = standing_of(found, max(clock.now(), found.starts_at))
        done = _mended(found, standing) if standing else None
    if standing is None or done is None or not done.changes:
        raise NothingToRepair(reason="")
    found.repairs.filter(state=Repair.State.PROPOSED).update(state=Repair.State.DISMISSED)
    repair = Repair.objects.create(
        plan=found, area=found.area, holes=done.holes, left=done.left, made_at=clock.now()
    )
    with as_system("assignments of people from elsewhere"):
        Change.objects.bulk_create(_rows(repair, standing, done))
    write_line(
        action="repair_proposed", area=found.area, subject=repair.id, changes=len(done.changes)
    )
    return repair


def _mended(plan: Plan, standing: Standing) -> Mended | None:
    """None when nothing of the week is left."""
    now, facts, week = clock.now(), standing.facts, standing.week
    slots = [
        week.cells[i][1] for i, s in enumerate(facts.shifts) if s.ends_at > now and i in week.cells
    ]
    if not slots:
        return None
    rows = Assignment.objects.filter(plan=plan).exclude(state__in=GONE)
    held = tuple(
        Pin(facts.person[a.person_id], facts.shift[a.shift_id])
        for a in rows
        if (a.pinned or a.state in COME)
        and a.shift_id in facts.shift
        and a.person_id in facts.person
    )
    charge = policies.load(settings.MUSTER_POLICY).planning.charge
    return mend(week, standing.lines, min(slots), held=held, charge=charge)


def _rows(repair: Repair, standing: Standing, done: Mended) -> list[Change]:
    people, shifts = standing.facts.people, standing.facts.shifts
    return [
        Change(
            repair=repair, person_id=people[c.person].id, area=people[c.person].area,
            unit=people[c.person].unit, serving=repair.area,
            before=None if c.before is None else shifts[c.before],
            after=None if c.after is None else shifts[c.after],
        )
        for c in done.changes
    ]  # fmt: skip


def dismiss_repair(*, repair: UUID) -> Repair:
    """Leave the roster as it is. Raises `PlanNotFound`, `RepairStale`, `NotAllowed`."""
    return _decide(repair, Repair.State.DISMISSED)


def accept_repair(*, repair: UUID) -> Repair:
    """Change the roster as proposed, all of it or nothing, and tell everybody whom it touches.

    Raises `PlanNotFound`, `NotAllowed`, `RepairStale` when the roster is not what it was.
    """
    found = _decide(repair, Repair.State.ACCEPTED)
    with as_system("assignments of people from elsewhere"):
        changes = list(found.changes.select_related("before__post", "after__post").order_by("id"))
        _leave(found.plan, changes)
        _come(found.plan, changes)
        _tell(found, changes)
    return found


def _decide(repair: UUID, state: Repair.State) -> Repair:
    rows = Repair.objects.filter(id=repair)
    # The plan first, as whoever changes it by hand does.
    list(Plan.objects.select_for_update().filter(id__in=rows.values("plan")))
    one = rows.select_for_update(of=("self",)).select_related("plan").first()
    if one is None:
        raise PlanNotFound
    require(Verb.PLAN_ROSTER, place=one.area)
    if one.state != Repair.State.PROPOSED or one.plan.state != Plan.State.PUBLISHED:
        raise RepairStale(reason="")
    one.state, one.decided_at, one.decided_by = state, clock.now(), current_actor().name
    one.save(update_fields=["state", "decided_at", "decided_by"])
    write_line(action=f"repair_{state.value}", area=one.area, subject=repair)
    return one


def _leave(plan: Plan, changes: Sequence[Change]) -> None:
    """Everybody who goes leaves first. Raises `RepairStale`: somebody is not there any more."""
    for change in changes:
        if change.before_id is None:
            continue
        rows = Assignment.objects.filter(
            plan=plan, shift=change.before_id, person=change.person_id
        ).exclude(state__in=(*GONE, *COME))
        if not rows.update(state=Assignment.State.WITHDRAWN):
            raise RepairStale(reason="")


def _come(plan: Plan, changes: Sequence[Change]) -> None:
    """Then everybody takes his new seat. Raises `RepairStale`: a seat is taken."""
    seats = Counter(
        Assignment.objects.filter(plan=plan)
        .exclude(state__in=GONE)
        .values_list("shift_id", flat=True)
    )
    for change in changes:
        if change.after is None:
            continue
        seats[change.after.id] += 1
        if seats[change.after.id] > change.after.required:
            raise RepairStale(reason="")
        row, _ = Assignment.objects.get_or_create(
            plan=plan, shift=change.after, person_id=change.person_id,
            defaults={"area": change.area, "unit": change.unit, "serving": change.after.area,
                      "role": change.after.post.role},
        )  # fmt: skip
        row.state, row.reason = Assignment.State.CONFIRMED, {"code": "repair"}
        row.save(update_fields=["state", "reason"])


def _tell(repair: Repair, changes: Sequence[Change]) -> None:
    """One notice to who has a new post, one to who has none any more."""
    come = {
        c.person_id: {
            "post": c.after.post.name,
            "when": clock.local(c.after.starts_at, "%m-%d %H:%M"),
        }
        for c in changes
        if c.after is not None
    }
    gone = {
        c.person_id: {
            "post": c.before.post.name, "when": clock.local(c.before.starts_at, "%m-%d %H:%M")
        }
        for c in changes
        if c.before is not None and c.person_id not in come
    }  # fmt: skip
    texts = (
        (come, "排班有变 · Your shift has changed",
         "您现在的岗位：{post}，{when}。Your post is now: {post}, {when}."),
        (gone, "排班有变 · Your shift is cancelled",
         "{post}（{when}）不用来了，谢谢。You are not needed at {post}, {when}. Thank you."),
    )  # fmt: skip
    for persons, title, body in texts:
        if persons:
            notice = create_notice(
                kind="roster", title=title, body=body, area=repair.area, about=repair.id
            )
            address_persons(notice=notice, persons=persons)
            enqueue_delivery(notice=notice.id)
