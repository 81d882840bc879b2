"""Kits door by door where there is a network, and a household's own page without an account. Pairs
without a network have the field app (`muster.web.sync.kits`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.csrf import ensure_csrf_cookie

from muster.apps.audit.actions import switch_actor
from muster.apps.communities.queries.places import place_of
from muster.apps.kits.actions import (
    NewResult,
    enter_result,
    issue_kits,
    read_household_link,
    report_result,
    undo_issue,
)
from muster.apps.kits.queries.doors import Behind, DoorLine, doors_of
from muster.apps.kits.queries.figures import figures_of
from muster.apps.kits.queries.series import facts_of, rule_of, series_within, today
from muster.apps.kits.queries.stock import stores_of
from muster.apps.people.queries.access import require
from muster.kernel.errors import Conflict, Invalid
from muster.kernel.ids import new_id
from muster.protocols.access import Verb
from muster.protocols.actors import Actor
from muster.protocols.kits import DayState
from muster.web import fields
from muster.web.desk.coverage import whole_name
from muster.web.desk.kits import chosen_day, chosen_series, days_of
from muster.web.desk.page import anybody, choose, done
from muster.web.problems import text_of
from muster.web.reach import reach_of_page

if TYPE_CHECKING:
    from muster.apps.kits.models import Series


@anybody
def walk(request: HttpRequest) -> HttpResponse:
    """Buildings with what is missing; in a building, door by door: hand out, enter, take back."""
    reach = reach_of_page(request)
    require(Verb.RECORD_KIT_RESULT, place=reach.place.area)
    if not reach.is_community:
        return choose(request, reach)
    if request.method == "POST":
        return _act(request)
    series = chosen_series(request, reach)
    context: dict[str, Any] = {"reach": reach, "series": series}
    if series is not None:
        day, at = chosen_day(request, series), fields.number(request.GET, "at", 0)
        found = doors_of(series, [at], day=day) if at else []
        stores = stores_of(reach.place.area)
        context |= {
            "day": day,
            "place": place_of(at) if at else None,
            "where": whole_name(place_of(at)) if at else "",
            "days": days_of(series),
            "lines": [] if at else figures_of(series, day=day),
            "doors": [(d, new_id(), [(p, new_id()) for p in d.people]) for d in found],
            "results": rule_of(series).results,
            "stores": stores,
            "store": fields.text(request.GET, "store") or (str(stores[0].id) if stores else ""),
        }
    return render(request, "phone/kit_walk.html", context)


def _act(request: HttpRequest) -> HttpResponse:
    """What a button asked for. The page made its ids: sent twice, it is done once."""
    asked, back = request.POST.get("do", ""), request.get_full_path()
    if asked == "issue":
        return done(request, lambda: _issue(request), gettext("{} kits handed out."), back=back)
    if asked == "undo":
        issue = fields.key(request.POST, "issue")
        said = gettext("Taken back. The door may be given kits again.")
        return done(request, lambda: undo_issue(issue=issue), said, back=back)
    return done(request, lambda: enter_result(new=_result(request)), gettext("Kept."), back=back)


def _issue(request: HttpRequest) -> int:
    form = request.POST
    handed = issue_kits(
        key=fields.key(form, "key"),
        series=fields.key(form, "series"),
        door=fields.number(form, "door"),
        day=fields.number(form, "day"),
        store=fields.key(form, "store"),
    )
    if handed.short:
        messages.warning(
            request,
            gettext("By the ledger %(n)s kits were missing in the store. Let them count there.")
            % {"n": handed.short},
        )
    return handed.issue.kits


def _result(request: HttpRequest, photo: bytes = b"") -> NewResult:
    form = request.POST
    return NewResult(
        id=fields.key(form, "key"),
        series=fields.key(form, "series"),
        person=fields.key(form, "person"),
        door=fields.number(form, "door"),
        day=fields.number(form, "day"),
        value=form.get("value", ""),
        photo=photo,
    )


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the household as the page shows them: half a name, the days still open."""

    person: UUID
    name: str
    behind: Behind
    days: tuple[int, ...]
    key: UUID


def half_name(name: str) -> str:
    """王*三: the family knows who is meant, a stranger with the paper does not."""
    if len(name) < 2:
        return name
    return f"{name[0]}*{name[-1] if len(name) > 2 else ''}"


@ensure_csrf_cookie
def home(request: HttpRequest, token: str) -> HttpResponse:
    """The page of one door, without an account. What is refused says why; the rest stands."""
    area, door = read_household_link(token)
    switch_actor(Actor.public("kits", area))
    error = ""
    if request.method == "POST":
        try:
            report_result(area=area, door=door, new=_result(request, _photo(request)))
        except (Invalid, Conflict) as refused:
            error = text_of(refused)
        else:
            messages.success(request, gettext("Thank you, it is kept."))
            return redirect(reverse("kit-home", args=[token]))
    series = [
        (s, facts_of(s), _members(line))
        for s in series_within(low=area, high=area)
        if (line := _line(s, door)) is not None
    ]
    return render(
        request,
        "phone/kit_home.html",
        {"place": place_of(door), "series": series, "error": error, "door": door},
        status=422 if error else 200,
    )


def _photo(request: HttpRequest) -> bytes:
    """The photo that came with the form, one byte more than any limit at most."""
    sent = request.FILES.get("photo")
    return sent.read(20_000_000) if sent is not None else b""


def _line(series: Series, door: int) -> DoorLine | None:
    """The door as the series sees it; None where it is no part of it, or the series is over."""
    if series.closed_at is not None:
        return None
    found = doors_of(series, [door], day=facts_of(series).day_on(today()))
    return next((line for line in found if line.door == door), None)


def _members(line: DoorLine) -> list[Member]:
    return [
        Member(
            p.person,
            half_name(p.name),
            p,
            tuple(c.day for c in reversed(p.cells) if c.state in {DayState.DUE, DayState.LATE}),
            new_id(),
        )
        for p in line.people
    ]
