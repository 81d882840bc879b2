"""What holds for every plan, said on the board: who is never sent to a post, where a party member
or a leader must be, when somebody can serve, who is a newcomer."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from muster.apps.rosters.actions import (
    forbid_post,
    lift_ban,
    lift_hours,
    mark_experience,
    mark_led,
    mark_vanguard,
    set_hours,
)
from muster.apps.rosters.queries.absent import assignment_of
from muster.apps.rosters.queries.hours import DAY
from muster.web import fields
from muster.web.desk.edits import checked
from muster.web.desk.page import community_code, done, posted


@posted
def forbid(request: HttpRequest, assignment: UUID) -> HttpResponse:
    """Never send to this post who stands there, and take him off it."""
    found = assignment_of(assignment)

    def write() -> object:
        return forbid_post(plan=found.plan_id, shift=found.shift_id, person=found.person_id)

    text = gettext("Taken off. No plan sends them to this post any more.")
    back = reverse("desk-plan-undo", args=[found.plan_id])
    return done(request, checked(write), text, undo=back)


@posted
def forbid_candidate(request: HttpRequest, plan: UUID, shift: UUID) -> HttpResponse:
    """Never send to this post somebody who could come."""

    def write() -> object:
        return forbid_post(plan=plan, shift=shift, person=fields.key(request.POST, "person"))

    text = gettext("No plan sends them to this post any more.")
    return done(request, write, text, undo="/board/bans/{}/lift")


@posted
def lift(request: HttpRequest, ban: UUID) -> HttpResponse:
    """Somebody may be sent there again."""
    text = gettext("They may be sent to this post again.")
    return done(request, lambda: lift_ban(ban=ban), text, back=reverse("desk-board"))


@posted
def vanguard(request: HttpRequest, post: UUID) -> HttpResponse:
    """A party member must be there, or need not."""
    marked = request.POST.get("vanguard") == "1"
    yes = gettext("A vanguard post: the next plan sends a party member there.")
    text = yes if marked else gettext("Not a vanguard post any more.")
    return done(request, lambda: mark_vanguard(post=post, vanguard=marked), text)


@posted
def led(request: HttpRequest, post: UUID) -> HttpResponse:
    """Somebody who leads a body must be there, or need not."""
    marked = request.POST.get("led") == "1"
    yes = gettext("A leader is asked for: the next plan sends one there.")
    text = yes if marked else gettext("No leader is asked for any more.")
    return done(request, lambda: mark_led(post=post, led=marked), text)


@posted
def experience(request: HttpRequest, person: UUID) -> HttpResponse:
    """Somebody is experienced, or a newcomer, or as the shifts say."""
    chosen = {"1": True, "0": False}.get(request.POST.get("experienced", ""))
    texts = {
        True: gettext("Experienced from now on: newcomers may serve beside them."),
        False: gettext("A newcomer from now on: never left alone at a place."),
        None: gettext("Counted by their shifts again."),
    }
    area = community_code(request)
    return done(
        request,
        lambda: mark_experience(area=area, person=person, experienced=chosen),
        texts[chosen],
    )


@posted
def hours(request: HttpRequest, assignment: UUID) -> HttpResponse:
    """When the person who stands there can serve at all."""
    found = assignment_of(assignment)

    def write() -> object:
        begins, ends = fields.minute(request.POST, "begins"), fields.minute(request.POST, "ends")
        return set_hours(
            area=found.serving or found.area,
            person=found.person_id,
            days=fields.numbers(request.POST, "days"),
            begins=begins,
            ends=ends if ends > begins else ends + DAY,
        ).id

    text = gettext("Kept from now on. Shifts that they have already stay until you change them.")
    return done(request, write, text, undo="/board/hours/{}/lift")


@posted
def hours_lifted(request: HttpRequest, hours: UUID) -> HttpResponse:
    """These hours hold no more."""
    text = gettext("These hours hold no more.")
    return done(request, lambda: lift_hours(hours=hours), text, back=reverse("desk-board"))
