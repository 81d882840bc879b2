"""Who came forward: list, export, withdrawal; the link and the poster; report-ins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from muster.apps.calls.actions import confirm_report, signup_link, withdraw
from muster.apps.calls.queries import calls_of
from muster.apps.calls.queries.lists import reports_of_units, reports_within, signups_within
from muster.apps.communities.queries.homes import homes_now
from muster.apps.people.queries.access import require
from muster.apps.people.queries.organisations import names_of
from muster.apps.people.queries.people import reach_of
from muster.protocols.access import Verb
from muster.web.desk.page import acting, anybody, done, page, posted, unit_of
from muster.web.desk.qr import qr
from muster.web.desk.roles import roles
from muster.web.exports import xlsx_response
from muster.web.lists import listed
from muster.web.reach import Reach
from muster.web.templatetags.muster import phone_masked, role_name, said
from muster.web.words import WORDS

if TYPE_CHECKING:
    from muster.apps.calls.models import SignUp

SORTS = {"name": "person__pinyin", "state": "state", "role": "role", "at": "created_at"}


@page(Verb.VIEW_SIGN_UPS)
def signups(request: HttpRequest, reach: Reach) -> HttpResponse:
    """The list, filtered; as a spreadsheet with `?export=xlsx`."""
    get = {key: request.GET.get(key, "") for key in ("state", "role", "source")}
    text = request.GET.get("q", "")
    found = signups_within(low=reach.low, high=reach.high, text=text, **get)
    if request.GET.get("export"):
        return _export(reach, list(found))
    rows = listed(request, found, SORTS)
    context = {
        "reach": reach,
        "list": rows,
        "filters": {**get, "q": text},
        "words": WORDS,
        "roles": roles(),
        **_known(list(rows.page)),
    }
    return render(request, "desk/signups.html", context)


def _known(rows: list[Any]) -> dict[str, Any]:
    """Phones, doors and bodies of the people of one page."""
    persons = [r.person_id for r in rows]
    return {
        "phones": {p.id: p.phone for p in reach_of(persons)},
        "homes": homes_now(persons),
        "units": names_of({r.unit for r in rows if r.unit}),
    }


def _export(reach: Reach, rows: list[SignUp]) -> HttpResponse:
    known = _known(rows)
    columns = [gettext(x) for x in ("Name", "Phone", "Door", "Role", "State", "Source", "At")]
    return xlsx_response(
        name="sign-ups",
        title=gettext("Sign-ups"),
        area=reach.place.area,
        columns=columns,
        rows=(
            (
                r.person.name,
                phone_masked(known["phones"].get(r.person_id, "")),
                home.label if (home := known["homes"].get(r.person_id)) else "",
                role_name(r.role) if r.role else "",
                said(r.state, "signup"),
                said(r.source, "source"),
                r.created_at,
            )
            for r in rows
        ),
    )


@posted
def take_back(request: HttpRequest, signup: UUID) -> HttpResponse:
    """Take a sign-up back; the reserve moves up."""
    said_ = gettext("Taken back. The reserve has moved up.")
    return done(request, lambda: withdraw(signup=signup), said_)


@page(Verb.VIEW_SIGN_UPS, community=True)
def poster(request: HttpRequest, reach: Reach) -> HttpResponse:
    """The sign-up link of the newest open call, large enough to scan from two metres."""
    call = next((c for c in calls_of(low=reach.low, high=reach.high) if c.state != "closed"), None)
    context: dict[str, Any] = {"reach": reach, "call": call}
    if call is not None:
        link = reverse("signup", args=[signup_link(call=call.id, area=reach.place.area)])
        context |= {"link": request.build_absolute_uri(link)}
        context |= {"code": qr(context["link"], scale=8)}
    return render(request, "desk/poster.html", context)


@anybody
def reports(request: HttpRequest) -> HttpResponse:
    """Who reported in: where he lives, or, for a work unit, from its own people."""
    if acting(request).units and not acting(request).places:
        return render(request, "desk/reports.html", unit_reports(request))
    return community_reports(request)


@page(Verb.VIEW_SIGN_UPS)
def community_reports(request: HttpRequest, reach: Reach) -> HttpResponse:
    """Who reported in where he lives."""
    rows = listed(request, reports_within(low=reach.low, high=reach.high))
    context = {"reach": reach, "list": rows, "side": "community", **_known(list(rows.page))}
    return render(request, "desk/reports.html", context)


@posted
def confirm(request: HttpRequest, report: UUID, side: str) -> HttpResponse:
    """The community or the work unit confirms."""
    said_ = gettext("Confirmed.")
    return done(request, lambda: confirm_report(report=report, side=side), said_)


def unit_reports(request: HttpRequest) -> dict[str, Any]:
    """The same list as a work unit sees it. Raises `NotAllowed`."""
    require(Verb.VIEW_SIGN_UPS, unit=unit_of(request))
    low, high = acting(request).units[0]
    rows = listed(request, reports_of_units(low=low, high=high))
    return {"list": rows, "side": "unit", **_known(list(rows.page))}
