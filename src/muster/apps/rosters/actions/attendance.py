"""Who came: by the rotating code at the post, or by the leader's tick. Who did not is replaced."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.core import signing

from muster.apps.audit.actions import as_system, write_line
from muster.apps.calls.queries import reserve_for
from muster.apps.notices.actions import address_persons, create_notice, enqueue_delivery
from muster.apps.people.queries.access import require, require_for
from muster.apps.people.queries.bodies import leaders_of
from muster.apps.rosters.errors import AssignmentNotFound, CodeStale, NotOnRoster, ReserveEmpty
from muster.apps.rosters.models import Assignment, Plan, Post
from muster.apps.rosters.queries.experience import guides_beside, standings_of, stored_crew
from muster.apps.rosters.queries.joint import lacking_in
from muster.apps.rosters.queries.problems import candidates_of, problem_of
from muster.apps.rosters.queries.rosters import GONE
from muster.kernel import clock
from muster.planner.editing import bars_of
from muster.planner.encoding import week_of
from muster.planner.guiding import covered
from muster.planner.problem import Span
from muster.protocols.access import Verb

if TYPE_CHECKING:
    from muster.apps.calls.models import SignUp

ROTATES = 30
"""Seconds that one code is shown; the one before it is still taken."""
EARLY = timedelta(hours=2)
"""How long before a shift somebody may check in."""
_signer = signing.Signer(salt="attendance")


def attendance_code(*, post: UUID) -> str:
    """The code that the post's screen shows now. Raises `NotAllowed`."""
    found = Post.objects.get(id=post)
    require(Verb.TAKE_ATTENDANCE, place=found.area)
    return _code(post, int(clock.now().timestamp()) // ROTATES)


def _code(post: UUID, tick: int) -> str:
    return _signer.sign(f"{post.hex}.{tick}").replace(":", "~")


def check_in(*, person: UUID, code: str) -> Assignment:
    """Somebody scans the code at the post. Raises `CodeStale`, `NotOnRoster`."""
    try:
        text = _signer.unsign(code.replace("~", ":"))
    except signing.BadSignature as error:
        raise CodeStale(reason="") from error
    post, _, tick = text.partition(".")
    if int(clock.now().timestamp()) // ROTATES - int(tick) not in (0, 1):
        raise CodeStale(reason="")
    now = clock.now()
    found = (
        Assignment.objects.select_for_update()
        .filter(
            person_id=person,
            shift__post_id=UUID(post),
            plan__state=Plan.State.PUBLISHED,
            shift__starts_at__lte=now + EARLY,
            shift__ends_at__gt=now,
        )
        .exclude(state=Assignment.State.WITHDRAWN)
        .first()
    )
    if found is None:
        raise NotOnRoster
    return _present(found, "code")


def take_attendance(*, assignment: UUID, present: bool) -> Assignment:
    """The leader ticks: here, or did not come. Raises `AssignmentNotFound`, `NotAllowed`."""
    found = _locked(assignment)
    require(Verb.TAKE_ATTENDANCE, place=found.serving or found.area)
    if present:
        return _present(found, "leader")
    found.state, found.came_at, found.came_by = Assignment.State.NO_SHOW, None, ""
    found.save(update_fields=["state", "came_at", "came_by"])
    write_line(action="no_show", area=found.area, subject=found.id)
    return found


def check_out(*, assignment: UUID) -> Assignment:
    """The shift is over for this person. Raises `AssignmentNotFound`, `NotAllowed`."""
    found = _locked(assignment)
    place = found.serving or found.area
    require_for(found.person_id, Verb.CHECK_IN, Verb.TAKE_ATTENDANCE, place=place)
    found.state, found.left_at = Assignment.State.DONE, clock.now()
    found.save(update_fields=["state", "left_at"])
    write_line(action="left_post", area=found.area, subject=found.id)
    return found


def _locked(assignment: UUID) -> Assignment:
    found = Assignment.objects.select_for_update().filter(id=assignment).first()
    if found is None:
        raise AssignmentNotFound
    return found


def _present(found: Assignment, by: str) -> Assignment:
    if found.state != Assignment.State.PRESENT:
        found.state, found.came_at, found.came_by = Assignment.State.PRESENT, clock.now(), by
        found.save(update_fields=["state", "came_at", "came_by"])
        write_line(action="came", area=found.area, subject=found.id, by=by)
    return found


def replace_no_show(*, assignment: UUID) -> Assignment:
    """One tap: the reserve's first who may take this shift gets it and is told.

    Raises `AssignmentNotFound`, `NotAllowed`, `ReserveEmpty`.
    """
    plans = Assignment.objects.filter(id=assignment).values("plan")
    # Of two who do not come, the reserve's first takes the place of one.
    list(Plan.objects.select_for_update().filter(id__in=plans))
    missing = _locked(assignment)
    require(Verb.REPLACE_NO_SHOW, place=missing.serving or missing.area)
    already = missing.replaced_by.exclude(state__in=GONE).first()
    if already is not None:
        return already
    shift = missing.shift
    chosen = _first_of_the_reserve(missing)
    if chosen is None:
        raise ReserveEmpty(reason=missing.role)
    if missing.state != Assignment.State.NO_SHOW:
        missing.state = Assignment.State.NO_SHOW
        missing.save(update_fields=["state"])
    stand_in = Assignment.objects.create(
        plan_id=missing.plan_id,
        shift=shift,
        person_id=chosen.person_id,
        area=chosen.area,
        serving=missing.serving,
        unit=chosen.unit,
        role=missing.role,
        state=Assignment.State.CONFIRMED,
        reason={"code": "replaces_no_show", "rank": chosen.rank},
        replaces=missing,
    )
    _tell(stand_in)
    write_line(
        action="no_show_replaced", area=missing.area, subject=missing.id, by=str(stand_in.id)
    )
    return stand_in


def _first_of_the_reserve(missing: Assignment) -> SignUp | None:
    """By rank: free in this shift, and let there by role, zone, reach and availability."""
    shift = missing.shift
    reserve = reserve_for(area=shift.area, role=missing.role)
    busy = set(
        Assignment.objects.filter(
            plan__state=Plan.State.PUBLISHED,
            shift__starts_at__lt=shift.ends_at,
            shift__ends_at__gt=shift.starts_at,
        )
        .exclude(state=Assignment.State.WITHDRAWN)
        .values_list("person_id", flat=True)
    )
    with as_system("homes of those who serve"):
        known = {c.id: c for c in candidates_of(shift.area)}
    free = [s for s in reserve if s.person_id in known and s.person_id not in busy]
    if not free:
        return None
    _ask_for_less(missing)
    people = [known[s.person_id] for s in free]
    new = _left_alone(missing, [c.id for c in people])
    week = week_of(problem_of([shift], people, clock.now(), newcomers=new))
    if week is None:
        return None
    nobody = week.lines([])
    return next((s for i, s in enumerate(free) if not bars_of(week, nobody, i, 0)), None)


def _left_alone(missing: Assignment, persons: list[UUID]) -> dict[UUID, bool]:
    """Those of `persons` who are newcomers, where nobody would guide them."""
    guides = [Span(*span) for span in guides_beside(missing)]
    if covered(Span(missing.shift.starts_at, missing.shift.ends_at), guides):
        return {}
    counted = stored_crew(missing.plan).binds(missing.role)
    found = standings_of(persons)
    return {p: True for p, each in found.items() if each.newcomer(counted=counted)}


def _ask_for_less(missing: Assignment) -> None:
    """Take from the post, which is not saved, what the others bring to it who serve in it."""
    shift = missing.shift
    rows = Assignment.objects.filter(shift=shift, plan__state=Plan.State.PUBLISHED)
    there = rows.exclude(state__in=GONE).exclude(id=missing.id)
    if shift.post.vanguard and there.filter(person__party_member=True).exists():
        shift.post.vanguard = False
    if shift.post.led and leaders_of(there.values_list("person_id", flat=True)):
        shift.post.led = False
    if shift.post.bodies:
        serving = list(there.select_related("person", "shift__post"))
        shift.post.bodies = lacking_in(serving).get(shift.id, []) if serving else shift.post.bodies


def _tell(stand_in: Assignment) -> None:
    post = stand_in.shift.post
    notice = create_notice(
        kind="roster",
        title="增援上岗 · You are needed now",
        body="请到{post}上岗。Please come to {post} now.",
        area=post.area,
        about=stand_in.id,
    )
    address_persons(notice=notice, persons={stand_in.person_id: {"post": post.name}})
    enqueue_delivery(notice=notice.id)
