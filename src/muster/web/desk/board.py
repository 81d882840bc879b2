"""The roster board: gaps first, with the reason; who stands where and why; attendance."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from muster.apps.people.queries.access import require
from muster.apps.people.queries.organisations import names_of
from muster.apps.people.queries.people import reach_of
from muster.apps.rosters.actions import (
    move_person,
    propose_plan,
    publish_plan,
    remove_person,
    replace_no_show,
    take_attendance,
)
from muster.apps.rosters.queries.absent import assignment_of, no_shows_of
from muster.apps.rosters.queries.rosters import (
    BoardLine,
    board_of,
    gaps_of,
    plan_of,
    plans_of,
    roster_of,
)
from muster.kernel import clock
from muster.kernel.errors import NotFound
from muster.protocols.access import Verb
from muster.web import fields
from muster.web.desk.page import anybody, community_code, done, page, posted
from muster.web.desk.roles import roles
from muster.web.exports import xlsx_response
from muster.web.lists import listed
from muster.web.reach import Reach
from muster.web.templatetags.muster import phone_masked, role_name, said

if TYPE_CHECKING:
    from muster.apps.rosters.models import Plan


@page(Verb.VIEW_ROSTER, community=True)
def board(request: HttpRequest, reach: Reach) -> HttpResponse:
    """The chosen plan, else the newest draft, else the roster in force."""
    area = reach.place.area
    plan = _chosen(request, area)
    context: dict[str, Any] = {
        "reach": reach,
        "plan": plan,
        "plans": plans_of(area),
        "roles": roles(),
        "starts": clock.now().replace(minute=0, second=0, microsecond=0),
    }
    context["ends"] = context["starts"] + timedelta(hours=12)
    if plan is None:
        return render(request, "desk/board.html", context)
    context |= _state(request, plan)
    if request.GET.get("export"):
        return _export(reach, plan, context["lines"], context["phones"])
    return render(request, "desk/board.html", context)


def _chosen(request: HttpRequest, area: int) -> Plan | None:
    if request.GET.get("plan"):
        plan = plan_of(fields.key(request.GET, "plan"))
        if plan.area != area:
            raise NotFound
        return plan
    newest = next(iter(plans_of(area)), None)
    if newest is not None and newest.state == "draft":
        return newest
    return roster_of(area)


def _state(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    role, short = request.GET.get("role", ""), request.GET.get("short") == "1"
    lines = board_of(plan.id, role=role, only_short=short)
    whole = request.GET.get("whole") == "1" or bool(request.GET.get("export"))
    paged = None if whole else listed(request, lines)
    shown = list(paged.page) if paged else lines
    people = [a for line in shown for a in line.assignments]
    gone = no_shows_of(plan.id)
    return {
        "lines": shown,
        "list": paged,
        "gaps": gaps_of(plan.id),
        "no_shows": gone,
        "role": role,
        "short": short,
        "phones": {p.id: p.phone for p in reach_of([a.person_id for a in [*people, *gone]])},
        "units": names_of({a.unit for a in people if a.unit}),
        "seats": sum(line.shift.required for line in lines),
        "missing": sum(line.missing for line in lines),
    }


def _export(
    reach: Reach, plan: Plan, lines: list[BoardLine], phones: dict[UUID, str]
) -> HttpResponse:
    heads = ("Post", "Role", "From", "To", "Name", "Phone", "State", "Why")
    rows = []
    for line in lines:
        at = (line.shift.post.name, role_name(line.shift.post.role), line.shift.starts_at,
              line.shift.ends_at)  # fmt: skip
        rows += [
            (*at, a.person.name, phone_masked(phones.get(a.person_id, "")),
             said(a.state, "assignment"), said(a.reason.get("code", ""), "why"))
            for a in line.assignments
        ]  # fmt: skip
        empty = gettext("empty")
        rows += [(*at, empty, "", "", said(line.gap.reason, "bar") if line.gap else "")] * (
            line.missing
        )
    return xlsx_response(
        name="roster",
        title=plan.title,
        area=reach.place.area,
        columns=[gettext(x) for x in heads],
        rows=rows,
    )


@posted
def propose(request: HttpRequest) -> HttpResponse:
    """Let the planner fill the open shifts of a span."""

    def write() -> str:
        made = propose_plan(
            area=community_code(request),
            title=fields.text(request.POST, "title") or gettext("Roster"),
            starts_at=fields.moment(request.POST, "starts_at"),
            ends_at=fields.moment(request.POST, "ends_at"),
        )
        counts = {"wanted": made.wanted, "placed": made.placed, "short": made.short}
        return gettext("Short of %(short)s. Placed %(placed)s of %(wanted)s.") % counts

    return done(request, write, "{0}")


@posted
def publish(request: HttpRequest, plan: UUID) -> HttpResponse:
    """The draft becomes the roster; everybody on it is told."""
    said_ = gettext("The roster is in force. Everybody on it has been told.")
    return done(request, lambda: publish_plan(plan=plan), said_)


@anybody
def change(request: HttpRequest, assignment: UUID) -> HttpResponse:
    """Where else this person could stand: the empty seats. Raises `AssignmentNotFound`."""
    found = assignment_of(assignment)
    require(Verb.PLAN_ROSTER, place=found.serving or found.area)
    context = {
        "assignment": found,
        "lines": board_of(found.plan_id, only_short=True),
        "back": urlsplit(request.headers.get("HX-Current-URL", "/board/")).path,
    }
    return render(request, "desk/board_change.html", context)


@posted
def move(request: HttpRequest, assignment: UUID) -> HttpResponse:
    """Put somebody on another shift by hand."""

    def write() -> object:
        return move_person(assignment=assignment, shift=fields.key(request.POST, "shift"))

    return done(request, write, gettext("Moved, and pinned there."))


@posted
def remove(request: HttpRequest, assignment: UUID) -> HttpResponse:
    """Take somebody off a shift."""
    said_ = gettext("Taken off the roster.")
    return done(request, lambda: remove_person(assignment=assignment), said_)


@posted
def attend(request: HttpRequest, assignment: UUID) -> HttpResponse:
    """Tick: here, or did not come."""
    present = request.POST.get("present") == "1"
    said_ = gettext("Present.") if present else gettext("Noted: did not come.")
    return done(request, lambda: take_attendance(assignment=assignment, present=present), said_)


@posted
def replace(request: HttpRequest, assignment: UUID) -> HttpResponse:
    """One tap: the reserve's first takes the shift and is told."""
    said_ = gettext("A stand-in from the reserve has been called.")
    return done(request, lambda: replace_no_show(assignment=assignment), said_)
