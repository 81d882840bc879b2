"""A plan changed by hand, and a roster mended: the posted forms, and who could come to a post."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from muster.apps.people.queries.access import require
from muster.apps.people.queries.people import names_in_reach
from muster.apps.rosters.actions import (
    accept_repair,
    add_person,
    dismiss_repair,
    exchange_person,
    move_person,
    pin_person,
    propose_repair,
    remove_person,
    undo_edit,
)
from muster.apps.rosters.errors import EditRefused
from muster.apps.rosters.queries.absent import assignment_of
from muster.apps.rosters.queries.experience import standings_of
from muster.apps.rosters.queries.hours import hours_of, window_of
from muster.apps.rosters.queries.rosters import board_of, plan_of
from muster.apps.rosters.queries.why import who_could, who_instead
from muster.protocols.access import Verb
from muster.protocols.experience import Ground
from muster.web import fields
from muster.web.desk.joint import bodies_said
from muster.web.desk.page import anybody, came_from, done, posted
from muster.web.hours_words import DAYS, hours_said
from muster.web.templatetags.muster import said

if TYPE_CHECKING:
    from muster.apps.rosters.models import Assignment


def checked(write: Callable[[], object]) -> Callable[[], object]:
    """The write, its broken rules told in words."""

    def run() -> object:
        try:
            return write()
        except EditRefused as error:
            words = [said(bar, "rule") for bar in error.data["bars"]]
            raise EditRefused(reason=gettext("; ").join(words), bars=error.data["bars"]) from error

    return run


def _undo(plan: UUID) -> str:
    return reverse("desk-plan-undo", args=[plan])


@anybody
def change(request: HttpRequest, assignment: UUID) -> HttpResponse:
    """Where else this person could stand: the empty seats. Raises `AssignmentNotFound`."""
    found = assignment_of(assignment)
    require(Verb.PLAN_ROSTER, place=found.serving or found.area)
    context = {
        "assignment": found,
        "lines": board_of(found.plan_id, only_short=True, within=found.serving)[:200],
        "hours": _hours(found),
        "days": list(enumerate(DAYS)),
        **_experience(found),
        "back": came_from(request),
    }
    return render(request, "desk/board_change.html", context)


def _experience(a: Assignment) -> dict[str, object]:
    """How who stands there counts, and the roster's place."""
    found = standings_of([a.person_id])[a.person_id]
    marked = found.ground in (Ground.MARKED_NEW, Ground.MARKED_EXPERIENCED)
    return {"standing": found, "marked": marked, "area": a.serving or a.area}


def _hours(a: Assignment) -> list[tuple[UUID, str]]:
    """The own hours of who stands there: id and words."""
    rows = hours_of([a.person_id]).get(a.person_id, [])
    return [(row.id, hours_said(window_of(row))) for row in rows]


@anybody
def candidates(request: HttpRequest, plan: UUID, shift: UUID) -> HttpResponse:
    """Why a post is short now, what one change would fill it, and who could come."""
    found = plan_of(plan)
    require(Verb.PLAN_ROSTER, place=found.area)
    why = who_could(found, shift)
    names = names_in_reach([p for p, _ in why.options] + [p for p, _, _ in why.remedies])
    context = {
        "plan": found,
        "shift": shift,
        "why": why,
        "names": names,
        "bodies": bodies_said(who for who, _ in why.lacks),
        "back": came_from(request),
    }
    return render(request, "desk/plan_why.html", context)


@posted
def move(request: HttpRequest, assignment: UUID) -> HttpResponse:
    """Put somebody on another shift by hand."""
    plan = assignment_of(assignment).plan_id

    def write() -> object:
        return move_person(assignment=assignment, shift=fields.key(request.POST, "shift"))

    text = gettext("Moved, and pinned there.")
    return done(request, checked(write), text, undo=_undo(plan))


@posted
def remove(request: HttpRequest, assignment: UUID) -> HttpResponse:
    """Take somebody off a shift."""
    plan = assignment_of(assignment).plan_id
    text = gettext("Taken off the roster.")
    write = checked(lambda: remove_person(assignment=assignment))
    return done(request, write, text, undo=_undo(plan))


@posted
def add(request: HttpRequest, plan: UUID, shift: UUID) -> HttpResponse:
    """Put somebody on a shift by hand."""

    def write() -> object:
        return add_person(plan=plan, shift=shift, person=fields.key(request.POST, "person"))

    text = gettext("Put on the roster, and pinned there.")
    return done(request, checked(write), text, undo=_undo(plan))


@anybody
def instead(request: HttpRequest, assignment: UUID) -> HttpResponse:
    """Who could take this person's place."""
    found = assignment_of(assignment)
    require(Verb.PLAN_ROSTER, place=found.serving or found.area)
    options = who_instead(found)
    names = names_in_reach([person for person, _ in options])
    context = {"assignment": found, "options": options, "names": names, "back": came_from(request)}
    return render(request, "desk/board_instead.html", context)


@posted
def exchange(request: HttpRequest, assignment: UUID) -> HttpResponse:
    """Put somebody in this person's place."""
    plan = assignment_of(assignment).plan_id

    def write() -> object:
        return exchange_person(assignment=assignment, person=fields.key(request.POST, "person"))

    text = gettext("Exchanged; the new one is pinned there.")
    return done(request, checked(write), text, undo=_undo(plan))


@posted
def pin(request: HttpRequest, assignment: UUID) -> HttpResponse:
    """Keep somebody there whatever the next plan does, or let go."""
    pinned = request.POST.get("pinned") == "1"
    text = gettext("Pinned: the next plan keeps it.") if pinned else gettext("Not pinned any more.")
    return done(request, lambda: pin_person(assignment=assignment, pinned=pinned), text)


@posted
def undo(request: HttpRequest, plan: UUID) -> HttpResponse:
    """Take the last change by hand back."""
    text = gettext("Taken back.")
    back = reverse("desk-plan", args=[plan])
    return done(request, checked(lambda: undo_edit(plan=plan)), text, back=back)


@posted
def mend(request: HttpRequest, plan: UUID) -> HttpResponse:
    """Ask for a way to mend the roster after what has happened."""
    text = gettext("This is the proposal. Nobody has been told yet.")
    back = reverse("desk-plan", args=[plan])
    return done(request, lambda: propose_repair(plan=plan), text, back=back)


@posted
def decide(request: HttpRequest, repair: UUID) -> HttpResponse:
    """Accept a repair, which tells everybody it touches, or dismiss it."""
    if request.POST.get("accept") == "1":
        text = gettext("The roster is changed. Everybody whom it touches has been told.")
        return done(request, lambda: accept_repair(repair=repair), text)
    text = gettext("Dismissed. The roster stays as it is.")
    return done(request, lambda: dismiss_repair(repair=repair), text)
