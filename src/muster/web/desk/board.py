"""The roster board: gaps first, with the reason; who stands where and why; attendance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from muster.apps.people.queries.organisations import names_of
from muster.apps.people.queries.people import reach_of
from muster.apps.rosters.actions import (
    publish_plan,
    replace_no_show,
    take_attendance,
)
from muster.apps.rosters.queries.absent import no_shows_of
from muster.apps.rosters.queries.experience import grounds_of
from muster.apps.rosters.queries.joint import joint_posts, named
from muster.apps.rosters.queries.rosters import (
    BoardLine,
    bans_of,
    gaps_of,
    lines_of,
    plan_of,
    plans_of,
    roster_of,
    seats_of,
)
from muster.kernel import clock
from muster.kernel.divisions import codes_around
from muster.kernel.errors import NotFound
from muster.protocols.access import Verb
from muster.web import fields
from muster.web.desk.joint import bodies_said
from muster.web.desk.page import done, page, posted
from muster.web.desk.plans import SECONDS
from muster.web.desk.roles import roles
from muster.web.exports import xlsx_response
from muster.web.lists import listed
from muster.web.reach import Reach
from muster.web.templatetags.muster import phone_masked, role_name, said

if TYPE_CHECKING:
    from muster.apps.rosters.models import Gap, Plan


@page(Verb.VIEW_ROSTER, community=True)
def board(request: HttpRequest, reach: Reach) -> HttpResponse:
    """The chosen plan, else the newest draft, else the roster in force."""
    area = reach.place.area
    plans = plans_of(area)
    plan = _chosen(request, area, plans)
    context: dict[str, Any] = {
        "reach": reach,
        "plan": plan,
        "plans": plans,
        "roles": roles(),
        "seconds": SECONDS,
        "starts": clock.now().replace(minute=0, second=0, microsecond=0),
    }
    context["ends"] = context["starts"] + timedelta(hours=12)
    if plan is None:
        return render(request, "desk/board.html", context)
    context |= _state(request, plan, area)
    if request.GET.get("export"):
        return _export(reach, plan, context["lines"], context["phones"])
    return render(request, "desk/board.html", context)


def _chosen(request: HttpRequest, area: int, plans: list[Plan]) -> Plan | None:
    if request.GET.get("plan"):
        plan = plan_of(fields.key(request.GET, "plan"))
        if plan.area not in codes_around(area):
            raise NotFound
        return plan
    newest = next(iter(plans), None)
    if newest is not None and newest.state == "draft":
        return newest
    return roster_of(area)


def _state(request: HttpRequest, plan: Plan, area: int) -> dict[str, Any]:
    role, short = request.GET.get("role", ""), request.GET.get("short") == "1"
    joint = joint_posts(plan, area)
    incomplete = named(joint)
    lacking = {each.shift.id for each in incomplete}
    seats = seats_of(plan, area, role=role, only_short=short, lacking=lacking)
    whole = request.GET.get("whole") == "1" or bool(request.GET.get("export"))
    paged = None if whole else listed(request, seats)
    gaps = gaps_of(plan.id, area)
    shown = lines_of(plan, paged.page if paged else seats, gaps)
    people = [a for line in shown for a in line.assignments]
    gone = no_shows_of(plan.id)
    return {
        "lines": shown,
        "list": paged,
        "gaps": alike(gaps),
        "incomplete": incomplete,
        "no_shows": gone,
        "bans": bans_of(line.shift.post_id for line in shown),
        "joint": {each.shift.id: each.lacks for each in joint},
        "bodies": bodies_said(_needed(shown)),
        "grounds": grounds_of(plan, people),
        "role": role,
        "short": short,
        "phones": {p.id: p.phone for p in reach_of([a.person_id for a in [*people, *gone]])},
        "units": names_of({a.unit for a in people if a.unit}),
        "missing": sum(each.missing for each in seats),
    }


def _needed(lines: list[BoardLine]) -> set[str | int]:
    """Whom the posts of `lines` need by name, and whom they lack."""
    found: set[str | int] = {code for line in lines for code in line.shift.post.bodies}
    return found | {each["who"] for line in lines if line.gap for each in line.gap.lacks}


class Alike(NamedTuple):
    """Posts that are short by as many, in one span, for one reason."""

    posts: str
    gap: Gap
    several: bool


def alike(gaps: Iterable[Gap]) -> list[Alike]:
    """One line for posts that lack the same for the same reason, their names side by side; what
    the names begin with, up to a space, is said once."""
    groups: defaultdict[tuple[object, ...], list[Gap]] = defaultdict(list)
    for gap in gaps:
        at = gap.shift
        why = (gap.missing, gap.reason, str(gap.lacks), *sorted(gap.detail.items()))
        groups[at.post.place_id, at.post.role, at.starts_at, at.ends_at, *why].append(gap)
    return [
        Alike(_together([g.shift.post.name for g in found]), found[0], len(found) > 1)
        for found in groups.values()
    ]


def _together(names: list[str]) -> str:
    first, *others = sorted(names, key=lambda name: (len(name), name))
    start = "".join(first.rpartition(" ")[:2])
    return "、".join([first, *(name.removeprefix(start) for name in others)])


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
def publish(request: HttpRequest, plan: UUID) -> HttpResponse:
    """The draft becomes the roster; everybody on it is told. A box ticked on the plan's page says
    that the joint posts shown there may lack a body."""
    said_ = gettext("The roster is in force. Everybody on it has been told.")
    seal = fields.text(request.POST, "incomplete")
    return done(request, lambda: publish_plan(plan=plan, incomplete=seal), said_)


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
