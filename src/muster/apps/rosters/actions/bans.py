"""Somebody is not to be sent to a post: said beside the pin, kept by every plan until lifted."""

from uuid import UUID

from muster.apps.audit.actions import current_actor, write_line
from muster.apps.people.queries.access import require
from muster.apps.people.queries.people import person_of
from muster.apps.rosters.actions.edits import keep_led, remember, required_plan
from muster.apps.rosters.errors import BanNotFound, PlanNotFound
from muster.apps.rosters.models import Assignment, Ban, Edit, Post, Shift
from muster.kernel import clock
from muster.protocols.access import Verb


def forbid_post(*, plan: UUID, shift: UUID, person: UUID) -> Ban:
    """Never send `person` to the post of `shift`; whoever stands there in this plan is taken off
    its shifts at that post, which `undo_edit` takes back with the ban.

    Raises `PlanNotFound`, `PlanNotDraft`, `NotAllowed`, `PersonNotFound`, `EditRefused` when others
    would be left there without the party member or leader whom the post needs.
    """
    found = required_plan(plan)
    to = Shift.objects.select_related("post").filter(id=shift).first()
    if to is None:
        raise PlanNotFound
    require(Verb.PLAN_ROSTER, place=to.area)
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("plan", "shift__post")
    there = rows.filter(plan=found, shift__post=to.post, person=person, state__in=OPEN_STATES)
    leaving = list(there)
    for each in leaving:
        keep_led(each)
    ban = _banned(to.post, person)
    for each in leaving:
        remember(each, Edit.Kind.FORBIDDEN, ban=str(ban.id))
        each.state, each.pinned = Assignment.State.WITHDRAWN, False
        each.save(update_fields=["state", "pinned"])
    write_line(action="post_forbidden", area=ban.area, subject=ban.id)
    return ban


OPEN_STATES = (Assignment.State.PLANNED, Assignment.State.CONFIRMED)
"""Who has come is not taken off: he is there."""


def _banned(post: Post, person: UUID) -> Ban:
    who = person_of(person)
    made, _ = Ban.objects.get_or_create(
        post=post, person=who, lifted_at=None,
        defaults={"area": who.area, "unit": who.unit, "serving": post.area,
                  "made_by": current_actor().name, "made_at": clock.now()},
    )  # fmt: skip
    return made


def lift_ban(*, ban: UUID) -> Ban:
    """Let somebody be sent to a post again. Raises `BanNotFound`, `NotAllowed`."""
    found = (
        Ban.objects.select_for_update(of=("self",)).select_related("post").filter(id=ban).first()
    )
    if found is None or found.lifted_at is not None:
        raise BanNotFound
    require(Verb.PLAN_ROSTER, place=found.post.area)
    found.lifted_at = clock.now()
    found.save(update_fields=["lifted_at"])
    write_line(action="ban_lifted", area=found.area, subject=ban)
    return found
