"""Antigen kits: the day of a series by building, the doors to go to, the codes of the doors."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from muster import policies
from muster.apps.communities.queries.places import below, estates_of, place_of, residents_per_place
from muster.apps.kits.actions import (
    close_series,
    household_link,
    open_series,
    revoke_household_link,
    undo_issue,
)
from muster.apps.kits.queries.doors import DoorLine, doors_of
from muster.apps.kits.queries.figures import BuildingDay, figures_of, total_of
from muster.apps.kits.queries.series import facts_of, series_of, series_within, today
from muster.kernel.errors import Invalid
from muster.protocols.access import Verb
from muster.web import fields
from muster.web.desk.coverage import whole_name
from muster.web.desk.page import community_code, done, page, posted
from muster.web.desk.qr import qr
from muster.web.exports import xlsx_response
from muster.web.lists import listed
from muster.web.reach import Reach

if TYPE_CHECKING:
    from muster.apps.kits.models import Series


class DateUnreadable(Invalid):
    """“{value}” is no date."""

    code = "date_unreadable"


def chosen_series(request: HttpRequest, reach: Reach) -> Series | None:
    """The series of `?series=`, else the newest open one. Raises `SeriesNotFound`."""
    if request.GET.get("series"):
        return series_of(fields.key(request.GET, "series"))
    found = series_within(low=reach.low, high=reach.high)
    return found[0] if found else None


def chosen_day(request: HttpRequest, series: Series) -> int:
    """The day of `?day=`, else the one that counts today."""
    day = fields.number(request.GET, "day", 0)
    return day if day in series.days else facts_of(series).day_on(today())


def a_date(text: str) -> date:
    """A date as a form holds it. Raises `DateUnreadable`."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise DateUnreadable(value=text[:20], reason="") from error


def days_of(series: Series) -> list[tuple[int, date]]:
    """The days of a series with their dates."""
    facts = facts_of(series)
    return [(day, facts.date_of(day)) for day in facts.days]


@page(Verb.VIEW_COVERAGE, community=True)
def kits(request: HttpRequest, reach: Reach) -> HttpResponse:
    """The day in figures, building by building; the form for the next series."""
    series = chosen_series(request, reach)
    estates = estates_of(reach.place.area)
    living = residents_per_place([e.id for e in estates])
    context: dict[str, Any] = {
        "reach": reach,
        "series": series,
        "all_series": series_within(low=reach.low, high=reach.high),
        "estates": [(e, living[e.id]) for e in estates],
        "kinds": policies.load(settings.MUSTER_POLICY).antigen.series,
        "today": today(),
    }
    if series is not None:
        day = chosen_day(request, series)
        lines = figures_of(series, day=day)
        if request.GET.get("export"):
            return _export_figures(reach, series, day, lines)
        context |= {"day": day, "days": days_of(series), "lines": lines, "total": total_of(lines)}
    return render(request, "desk/kits.html", context)


def _export_figures(
    reach: Reach, series: Series, day: int, lines: list[BuildingDay]
) -> HttpResponse:
    heads = ("Place", "Doors", "Doors served", "Kits issued", "Residents", "Results in",
             "Positive", "Invalid", "Late")  # fmt: skip
    return xlsx_response(
        name="kits",
        title=f"{gettext('Antigen kits')} {series.title} {facts_of(series).date_of(day)}",
        area=reach.place.area,
        columns=[gettext(x) for x in heads],
        rows=(
            (x.name, x.doors, x.served, x.kits, x.residents, x.results, x.positive, x.invalid,
             x.late)
            for x in lines
        ),
    )  # fmt: skip


@posted
def begin(request: HttpRequest) -> HttpResponse:
    """Open a series over some estates."""

    def write() -> object:
        return open_series(
            area=community_code(request),
            places=fields.numbers(request.POST, "places"),
            kind=fields.text(request.POST, "kind"),
            starts_on=a_date(fields.text(request.POST, "starts_on")),
            title=fields.text(request.POST, "title"),
        )

    return done(request, write, gettext("The series is open."), back=reverse("desk-kits"))


@posted
def close(request: HttpRequest, series: UUID) -> HttpResponse:
    """No more kits are handed out for it."""
    said = gettext("The series is closed. Results still come in.")
    return done(request, lambda: close_series(series=series), said, back=reverse("desk-kits"))


@page(Verb.VIEW_COVERAGE, community=True)
def doors(request: HttpRequest, reach: Reach) -> HttpResponse:
    """The doors of a building, or of the series: due, issued, results in, missing; printable."""
    series = chosen_series(request, reach)
    context: dict[str, Any] = {"reach": reach, "series": series}
    if series is None:
        return render(request, "desk/kit_doors.html", context)
    day, at = chosen_day(request, series), fields.number(request.GET, "at", 0)
    found = doors_of(series, [at] if at else series.places, day=day)
    open_ = [d for d in found if d.missing or d.issued is None or d.late]
    shown = found if request.GET.get("all") == "1" else open_
    if request.GET.get("export"):
        return _export_doors(reach, series, day, shown)
    whole = request.GET.get("whole") == "1"
    context |= {
        "day": day,
        "days": days_of(series),
        "place": place_of(at) if at else None,
        "parts": list(below(at, "unit")) if at else [],
        "where": whole_name(place_of(at)) if at else "",
        "list": None if whole else listed(request, shown),
        "doors": shown if whole else None,
        "count": len(shown),
        "due": sum(d.due for d in shown if d.issued is None),
        "missing": sum(d.missing for d in shown),
        "late": sum(d.late for d in shown),
        "all": request.GET.get("all") == "1",
    }
    return render(request, "desk/kit_doors.html", context)


def _export_doors(reach: Reach, series: Series, day: int, found: list[DoorLine]) -> HttpResponse:
    heads = ("Place", "Door", "Residents", "Kits due", "Kits issued", "Issued at", "Results in",
             "Missing", "Late")  # fmt: skip
    return xlsx_response(
        name="kit-doors",
        title=f"{gettext('Doors with kits')} {series.title} {facts_of(series).date_of(day)}",
        area=reach.place.area,
        columns=[gettext(x) for x in heads],
        rows=(
            (d.building, d.label, len(d.people), d.due, d.issued.kits if d.issued else 0,
             d.issued.at if d.issued else None, d.done, d.missing, d.late)
            for d in found
        ),
    )  # fmt: skip


@page(Verb.RECORD_KIT_RESULT, community=True)
def codes(request: HttpRequest, reach: Reach) -> HttpResponse:
    """The codes of the doors of a building, to print and put into the bags."""
    series, at = chosen_series(request, reach), fields.number(request.GET, "at", 0)
    found = doors_of(series, [at], day=series.days[0]) if series and at else []
    context: dict[str, Any] = {
        "reach": reach,
        "series": series,
        "place": place_of(at) if at else None,
        "where": whole_name(place_of(at)) if at else "",
        "codes": [(d, qr(_address(request, d.door), scale=3)) for d in found],
    }
    return render(request, "desk/kit_codes.html", context)


@posted
def revoke(request: HttpRequest, door: int) -> HttpResponse:
    """Papers of this door in circulation end; the page shows the new code."""
    said = gettext("Codes of this door that are out are refused from now on. Print the new one.")
    back = reverse("desk-kit-codes")
    return done(request, lambda: revoke_household_link(door=door), said, back=back)


def _address(request: HttpRequest, door: int) -> str:
    return request.build_absolute_uri(reverse("kit-home", args=[household_link(door=door)]))


@posted
def undo(request: HttpRequest, issue: UUID) -> HttpResponse:
    """The kits are back."""
    said = gettext("Taken back. The door may be given kits again.")
    return done(request, lambda: undo_issue(issue=issue), said, back=reverse("desk-kit-doors"))
