"""A plan before it is the roster: how the search goes, where it is short and why, who travels far,
what it costs and how good it is, what another plan does otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from muster.apps.communities.queries.places import communities_in, divisions_by_code, places
from muster.apps.people.queries.access import require
from muster.apps.people.queries.people import names_in_reach
from muster.apps.rosters.actions import SILENT, replan, restart_search, start_plan, stop_search
from muster.apps.rosters.queries.experience import newcomers_of
from muster.apps.rosters.queries.joint import Incomplete, incomplete_posts, seal_of
from muster.apps.rosters.queries.review import (
    Cell,
    PlaceLine,
    by_area,
    by_place,
    changes_of,
    compared,
    farthest,
    last_edit,
    open_repair,
    per_place,
    search_of,
    together,
)
from muster.apps.rosters.queries.rosters import gaps_of, plan_of
from muster.kernel import clock
from muster.kernel.divisions import code_range
from muster.kernel.errors import NotFound
from muster.protocols.access import Verb
from muster.web import fields
from muster.web.desk.joint import bodies_said
from muster.web.desk.page import anybody, community_code, done, posted
from muster.web.exports import xlsx_response
from muster.web.lists import listed
from muster.web.navigation import chosen_place
from muster.web.templatetags.muster import lacks_said, place_name, role_name

if TYPE_CHECKING:
    from muster.apps.communities.models import Place
    from muster.apps.rosters.models import Plan, Search, TeamSearch

SECONDS = (10, 30, 60, 300)
OPEN = ("queued", "running", "stopping")
DOT = 4, 16
"""Radius of the smallest and the largest circle on the map, px."""


@anybody
def plan(request: HttpRequest, plan: UUID) -> HttpResponse:
    """One plan, of the whole division or of a part of it (`?place=`)."""
    found = plan_of(plan)
    area = _part(request, found)
    require(Verb.VIEW_ROSTER, place=area)
    lacking = incomplete_posts(found, found.area)
    here = _within(lacking, area)
    lines = by_place(found, area, here) if area % 1000 else []
    if request.GET.get("export"):
        return _export(found, area, lines) if area % 1000 else _export_wide(found)
    gaps = [g for g in gaps_of(found.id) if area in (found.area, g.area)][:12]
    context = {
        "plan": found,
        "based_on": found.based_on,
        "s": searched(search_of(found.id)),
        "gaps": gaps,
        "bodies": bodies_said(each["who"] for g in gaps for each in g.lacks),
        "incomplete": here,
        "lacking": lacking,
        "seal": seal_of(lacking),
        "communities": divisions_by_code(_others(lacking, area)),
        "far": farthest(found, area),
        "edit": last_edit(found.id),
        "repair": open_repair(found.id),
        "area": area,
        "new": newcomers_of(found, area) if area % 1000 and "newcomers" in found.summary else None,
        "seconds": SECONDS,
        "parts": _parts(found),
        **_where(request, found, area, lines, here),
    }
    if context["repair"] is not None:
        context["changes"] = changes_of(context["repair"])
    return render(request, "desk/plan.html", context)


def _within(lacking: list[Incomplete], area: int) -> list[Incomplete]:
    """Those in a division."""
    low, high = code_range(area)
    return [each for each in lacking if low <= each.shift.area <= high]


def _others(lacking: list[Incomplete], area: int) -> list[int]:
    """The communities of `lacking` that are to be named: those that the page is not about."""
    return sorted({each.shift.area for each in lacking} - {area})


def _part(request: HttpRequest, found: Plan) -> int:
    """The division that is looked at: the plan's own, or one within it. Raises `NotFound`."""
    low, high = code_range(found.area)
    area = fields.number(request.GET, "place", found.area)
    if low <= area <= high:
        return area
    if area in (low - low % 1000, low - low % 10**6, low - low % 10**8):
        return found.area
    raise NotFound


def _where(
    request: HttpRequest, found: Plan, area: int, lines: list[PlaceLine], lacking: list[Incomplete]
) -> dict[str, Any]:
    """The board and the map: places of a community, communities of anything wider. `lacking`: the
    joint posts there that lack a body."""
    if area % 1000:
        cells = per_place(lines)
        here: dict[int, Place] = {p.id: p for p in places(list(cells))}
        spans = sorted({span for line in lines for span in line.cells})
        rows = [(here[line.place], line, [line.cells.get(s) for s in spans]) for line in lines]
        spots = [(here[i], cell) for i, cell in cells.items()]
        board = {"spans": spans, "list": listed(request, rows)}
    else:
        areas = by_area(found, lacking)
        known = {p.code: p for p in communities_in(*code_range(area))}
        spots = [(known[code], cell) for code, cell in areas.items() if code in known]
        board = {"list": listed(request, spots), "wide": True}
    whole = together(cell for _, cell in spots)
    most = max((cell.required for _, cell in spots), default=1)
    href = reverse("desk-plan", args=[found.id])
    own = chosen_place(request)
    dots = [
        _spot(place, cell, most, href + (f"?place={place.code}" if place.code else own))
        for place, cell in spots
        if place.latitude
    ]
    return {**board, "map": dots,
            "wanted": whole.required, "placed": whole.present, "short": whole.missing,
            "below": whole.below, "any_lack": bool(whole.lacking)}  # fmt: skip


def _spot(place: Place, cell: Cell, most: int, href: str) -> dict[str, Any]:
    """A circle whose area grows with the heads wanted, `most` for the largest."""
    low, high = DOT
    lacks = f" · {lacks_said(cell.lacks)}" if cell.lacks else ""
    return {
        "name": place_name(place), "lat": place.latitude, "lng": place.longitude,
        "level": cell.state, "size": max(low, round(high * (cell.required / most) ** 0.5)),
        "text": f"{cell.present}/{cell.required}{lacks}",
        "href": href,
    }  # fmt: skip


def _parts(found: Plan) -> list[tuple[str, float, int]]:
    """The parts of the cost, each with its share in per cent."""
    parts = found.summary.get("parts", {})
    whole = sum(parts.values()) or 1
    return [(name, cost, round(100 * cost / whole)) for name, cost in parts.items()]


def searched(search: Search | TeamSearch | None) -> dict[str, Any] | None:
    """A search with its share of the time and how good the best plan is known to be."""
    if search is None:
        return None
    gap = None
    if search.cost and search.bound is not None:
        gap = max(0.0, round(100 * (search.cost - search.bound) / search.cost, 1))
    silent = (clock.now() - search.told_at).total_seconds()
    return {
        "search": search,
        "percent": min(100, round(100 * search.spent / search.seconds)),
        "gap": gap,
        "open": search.state in OPEN,
        "dead": search.state in OPEN and silent > SILENT.total_seconds(),
    }


@anybody
def progress(request: HttpRequest, plan: UUID) -> HttpResponse:
    """How far the search is; asks for itself again, and for the whole page when it is done."""
    found = plan_of(plan)
    require(Verb.VIEW_ROSTER, place=found.area)
    s = searched(search_of(found.id))
    response = render(request, "desk/plan_progress.html", {"plan": found, "s": s})
    if s is not None and not s["open"]:
        response.headers["HX-Refresh"] = "true"
    return response


def _export(found: Plan, area: int, lines: list[PlaceLine]) -> HttpResponse:
    """Places x shifts as a sheet: heads there of heads wanted."""
    spans = sorted({span for line in lines for span in line.cells})
    here = {p.id: place_name(p) for p in places([line.place for line in lines])}
    rows = [
        (here[x.place], role_name(x.role), x.whole.required, x.whole.present,
         sum(c.missing for c in x.cells.values()),
         *(f"{c.present}/{c.required}" if (c := x.cells.get(s)) else "" for s in spans))
        for x in lines
    ]  # fmt: skip
    times = [clock.local(a, "%m-%d %H:%M") + clock.local(b, "–%H:%M") for a, b in spans]
    return xlsx_response(
        name="plan", title=found.title, area=area,
        columns=[gettext("Place"), gettext("Role"), *_heads(), *times], rows=rows,
    )  # fmt: skip


def _heads() -> list[str]:
    return [gettext("Wanted"), gettext("Manned"), gettext("Empty")]


def _export_wide(found: Plan) -> HttpResponse:
    """Communities as a sheet, the shortest first."""
    known = {p.code: place_name(p) for p in communities_in(*code_range(found.area))}
    rows = [
        (code, known.get(code, ""), c.required, c.present, c.missing, c.below)
        for code, c in by_area(found).items()
    ]
    columns = [
        gettext("Division code"),
        gettext("Community"),
        *_heads(),
        gettext("Short of what is needed"),
    ]
    return xlsx_response(
        name="plan", title=found.title, area=found.area, columns=columns, rows=rows
    )


@anybody
def compare(request: HttpRequest, plan: UUID, other: UUID) -> HttpResponse:
    """Two plans side by side: figures, and who serves otherwise."""
    one, two = plan_of(other), plan_of(plan)
    for each in (one, two):
        require(Verb.VIEW_ROSTER, place=each.area)
    keys = ("short_of_minimum", "short", "people", "most_shifts", "km", "farthest", "cost")
    figures = [(key, one.summary.get(key), two.summary.get(key)) for key in keys]
    found = compared(one, two)
    names = names_in_reach(list(found.moves))
    context = {"one": one, "two": two, "figures": figures, "compared": found, "names": names}
    return render(request, "desk/plan_compare.html", context)


def _seconds(request: HttpRequest) -> float:
    return float(min(3600, max(1, fields.number(request.POST, "seconds", SECONDS[1]))))


@posted
def start(request: HttpRequest) -> HttpResponse:
    """Begin a plan for a span; a job fills it."""
    made: list[Plan] = []

    def write() -> object:
        made.append(
            start_plan(
                area=community_code(request),
                title=fields.text(request.POST, "title") or gettext("Roster"),
                starts_at=fields.moment(request.POST, "starts_at"),
                ends_at=fields.moment(request.POST, "ends_at"),
                seconds=_seconds(request),
            )
        )
        return made[0]

    said = gettext("The planner is at work. You may go on meanwhile.")
    answer = done(request, write, said)
    return _to(made, answer)


def _to(made: list[Plan], answer: HttpResponse) -> HttpResponse:
    if made:
        answer.headers["Location"] = reverse("desk-plan", args=[made[0].id])
    return answer


@posted
def again(request: HttpRequest, plan: UUID) -> HttpResponse:
    """A new plan that keeps what is pinned."""
    made: list[Plan] = []

    def write() -> None:
        made.append(replan(plan=plan, seconds=_seconds(request)))

    return _to(made, done(request, write, gettext("A new plan is made. What is pinned stays.")))


@posted
def restart(request: HttpRequest, plan: UUID) -> HttpResponse:
    """Search once more on this draft."""
    said = gettext("The planner is at work. You may go on meanwhile.")
    return done(
        request, lambda: restart_search(plan=plan, seconds=_seconds(request)), said,
        back=reverse("desk-plan", args=[plan]),
    )  # fmt: skip


@posted
def stop(request: HttpRequest, plan: UUID) -> HttpResponse:
    """End the search; the best plan so far is kept."""
    said = gettext("Stopped. The best plan so far is kept.")
    back = reverse("desk-plan", args=[plan])
    return done(request, lambda: stop_search(plan=plan), said, back=back)
