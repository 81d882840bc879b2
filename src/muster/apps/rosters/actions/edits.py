"""A plan changed by hand, the rules checked at each change; every change can be taken back."""

from typing import Any
from uuid import UUID

from muster.apps.audit.actions import write_line
from muster.apps.people.queries.access import require
from muster.apps.rosters.errors import EditRefused, NothingToUndo, PlanNotDraft, PlanNotFound
from muster.apps.rosters.models import Assignment, Ban, Edit, Plan, Shift
from muster.apps.rosters.queries.experience import newcomers_beside
from muster.apps.rosters.queries.rosters import GONE
from muster.apps.rosters.queries.weeks import Standing, standing_of
from muster.kernel import clock
from muster.planner.city.problem import FREE
from muster.planner.editing import bars_of, is_full, leaves_unled, takes_over
from muster.planner.guiding import leaves_alone
from muster.protocols.access import Verb

BY_HAND = {"code": "by_hand"}
LEAVES_UNLED = "leaves_unled"
LEAVES_ALONE = "leaves_alone"


def move_person(*, assignment: UUID, shift: UUID) -> Assignment:
    """Put somebody on another shift by hand; pinned, so that a new plan leaves it.

    Raises `PlanNotFound`, `PlanNotDraft`, `NotAllowed`, `EditRefused` with every rule it breaks.
    """
    found = _locked(assignment)
    to = _shift(shift)
    _refuse(found.plan, found.person_id, to, instead_of=found.shift)
    remember(found, Edit.Kind.MOVED)
    Assignment.objects.filter(
        plan=found.plan, shift=to, person=found.person_id, state__in=GONE
    ).delete()
    found.shift, found.role, found.pinned, found.reason = to, to.post.role, True, BY_HAND
    found.serving = to.area
    found.save(update_fields=["shift", "role", "pinned", "reason", "serving"])
    write_line(action="moved_by_hand", area=found.area, subject=assignment)
    return found


def remove_person(*, assignment: UUID) -> Assignment:
    """Take somebody off a shift by hand.

    Raises `PlanNotFound`, `PlanNotDraft`, `NotAllowed`, `EditRefused` when others would be left
    there without the party member or leader whom the post needs.
    """
    found = _locked(assignment)
    keep_led(found)
    remember(found, Edit.Kind.REMOVED)
    found.state, found.pinned = Assignment.State.WITHDRAWN, False
    found.save(update_fields=["state", "pinned"])
    write_line(action="removed_by_hand", area=found.area, subject=assignment)
    return found


def add_person(*, plan: UUID, shift: UUID, person: UUID) -> Assignment:
    """Put somebody who came forward on a shift by hand; pinned.

    Raises `PlanNotFound`, `PlanNotDraft`, `NotAllowed`, `EditRefused` with every rule it breaks.
    """
    found = required_plan(plan)
    to = _shift(shift)
    return _put(_refuse(found, person, to), found, to, person)


def _put(standing: Standing, plan: Plan, to: Shift, person: UUID, **more: str) -> Assignment:
    who = standing.facts.people[standing.facts.person[person]]
    made, fresh = Assignment.objects.get_or_create(
        plan=plan, shift=to, person_id=person,
        defaults={"area": who.area, "unit": who.unit, "serving": to.area, "role": to.post.role},
    )  # fmt: skip
    made.state, made.pinned, made.reason = Assignment.State.PLANNED, True, BY_HAND
    made.save(update_fields=["state", "pinned", "reason"])
    Edit.objects.create(
        plan=plan, assignment=made, kind=Edit.Kind.ADDED, done_at=clock.now(),
        before={"state": Assignment.State.WITHDRAWN.value, "shift": str(to.id), "pinned": False,
                "reason": BY_HAND, "role": made.role} | more,
    )  # fmt: skip
    write_line(action="added_by_hand", area=made.area, subject=made.id, fresh=fresh)
    return made


def exchange_person(*, assignment: UUID, person: UUID) -> Assignment:
    """Put `person` in the place of who stands there, as one change; pinned.

    Raises `PlanNotFound`, `PlanNotDraft`, `NotAllowed`, `EditRefused` with every rule it breaks.
    """
    found = _locked(assignment)
    standing = standing_of(found.plan, found.shift.starts_at)
    one = standing.facts.person.get(found.person_id) if standing else None
    two = standing.facts.person.get(person) if standing else None
    post = standing.facts.shift.get(found.shift_id) if standing else None
    if standing is None or one is None or two is None or post is None \
            or post not in standing.week.cells:  # fmt: skip
        raise EditRefused(reason="not_available", bars=("not_available",))
    lines = standing.lines.copy()
    lines[one, standing.week.cells[post][1]] = FREE
    bars = [bar.value for bar in bars_of(standing.week, lines, two, post)]
    bars += takes_over(standing.week, standing.lines, one, post, two)
    if bars:
        raise EditRefused(reason=", ".join(bars), bars=tuple(bars))
    left = remember(found, Edit.Kind.REMOVED)
    found.state, found.pinned = Assignment.State.WITHDRAWN, False
    found.save(update_fields=["state", "pinned"])
    write_line(action="removed_by_hand", area=found.area, subject=assignment)
    return _put(standing, found.plan, found.shift, person, instead=str(left.id))


def pin_person(*, assignment: UUID, pinned: bool) -> Assignment:
    """Keep somebody where he is whatever the next plan does, or let go of him again.

    Raises `PlanNotFound`, `PlanNotDraft`, `NotAllowed`.
    """
    found = _locked(assignment)
    if found.pinned != pinned:
        remember(found, Edit.Kind.PINNED)
        found.pinned = pinned
        found.save(update_fields=["pinned"])
        action = "pinned" if pinned else "unpinned"
        write_line(action=action, area=found.area, subject=assignment)
    return found


def undo_edit(*, plan: UUID) -> Edit:
    """Take the last change by hand back, the rules checked once more.

    Raises `PlanNotFound`, `NotAllowed`, `NothingToUndo`, `EditRefused`.
    """
    found = required_plan(plan)
    last = (
        found.edits.filter(undone_at=None)
        .select_related("assignment__shift")
        .order_by("-done_at", "-id")
        .first()
    )
    if last is None:
        raise NothingToUndo(reason="")
    for edit in (last, *found.edits.filter(id=last.before.get("instead"))):
        _restore(found, edit)
        edit.undone_at = clock.now()
        edit.save(update_fields=["undone_at"])
    write_line(action="edit_undone", area=found.area, subject=last.assignment_id)
    return last


def _restore(plan: Plan, edit: Edit) -> None:
    a, before = edit.assignment, edit.before
    Ban.objects.filter(id=before.get("ban"), lifted_at=None).update(lifted_at=clock.now())
    if before["state"] not in GONE and edit.kind != Edit.Kind.PINNED:
        now = a.shift if a.state not in GONE else None
        _refuse(plan, a.person_id, _shift(UUID(before["shift"])), instead_of=now)
    a.shift_id, a.state, a.role = UUID(before["shift"]), before["state"], before["role"]
    a.pinned, a.reason = before["pinned"], before["reason"]
    a.serving = Shift.objects.get(id=a.shift_id).area
    a.save(update_fields=["shift", "state", "role", "pinned", "reason", "serving"])


def required_plan(plan: UUID) -> Plan:
    """A plan that may be changed by hand. Raises `PlanNotFound`, `PlanNotDraft`, `NotAllowed`."""
    found = Plan.objects.select_for_update().filter(id=plan).first()
    if found is None:
        raise PlanNotFound
    require(Verb.PLAN_ROSTER, place=found.area)
    if found.state == Plan.State.REPLACED:
        raise PlanNotDraft(reason="")
    return found


def _locked(assignment: UUID) -> Assignment:
    """With its plan: a rule is kept by all who change the plan together, not by each alone."""
    rows = Assignment.objects.filter(id=assignment)
    plan = rows.values_list("plan", flat=True).first()
    if plan is None:
        raise PlanNotFound
    required_plan(plan)
    found = rows.select_for_update(of=("self",)).select_related("plan", "shift__post").first()
    if found is None:
        raise PlanNotFound
    return found


def _shift(shift: UUID) -> Shift:
    """A shift; whether it is one of the plan, `_refuse` finds out. Raises `PlanNotFound`."""
    found = Shift.objects.select_related("post__place").filter(id=shift).first()
    if found is None:
        raise PlanNotFound
    return found


def remember(a: Assignment, kind: Edit.Kind, **more: str) -> Edit:
    """Keep how an assignment was, so that `undo_edit` can take the change back."""
    before: dict[str, Any] = {
        "shift": str(a.shift_id), "state": a.state, "pinned": a.pinned, "reason": a.reason,
        "role": a.role,
    }  # fmt: skip
    before |= more
    return Edit.objects.create(
        plan=a.plan, assignment=a, kind=kind, before=before, done_at=clock.now()
    )


def keep_led(a: Assignment) -> None:
    """Raises `EditRefused` when whom the post needs would not be among those left there, or a
    newcomer would be alone."""
    at = a.shift.post
    if not (at.vanguard or at.led or at.bodies or newcomers_beside(a)):
        return
    standing = standing_of(a.plan, a.shift.starts_at)
    who = standing.facts.person.get(a.person_id) if standing else None
    post = standing.facts.shift.get(a.shift_id) if standing else None
    if standing is None or who is None or post is None or post not in standing.week.cells:
        return
    bars = _left_behind(standing, who, post)
    if bars:
        raise EditRefused(reason=", ".join(bars), bars=tuple(bars))


def _left_behind(standing: Standing, who: int, post: int, to: int | None = None) -> list[str]:
    """What would be wrong there once `who` had left `post`, to serve at `to`."""
    week, lines = standing.week, standing.lines
    found = [LEAVES_UNLED] if post != to and leaves_unled(week, lines, who, post) else []
    return found + ([LEAVES_ALONE] if leaves_alone(week, lines, who, post, to) else [])


def _refuse(plan: Plan, person: UUID, to: Shift, instead_of: Shift | None = None) -> Standing:
    """The plan as it stands. Raises `EditRefused` naming every rule that it would break."""
    standing = standing_of(plan, to.starts_at)
    who = standing.facts.person.get(person) if standing else None
    post = standing.facts.shift.get(to.id) if standing else None
    if standing is None or who is None or post is None:
        raise EditRefused(reason="not_available", bars=("not_available",))
    lines = standing.lines.copy()
    left = standing.facts.shift.get(instead_of.id) if instead_of is not None else None
    behind: list[str] = []
    if left is not None and left in standing.week.cells:
        behind = _left_behind(standing, who, left, post)
        lines[who, standing.week.cells[left][1]] = FREE
    bars = [bar.value for bar in bars_of(standing.week, lines, who, post)] + behind
    if post in standing.week.cells and is_full(standing.week, lines, post):
        bars.append("full")
    if bars:
        raise EditRefused(reason=", ".join(bars), bars=tuple(bars))
    return standing
