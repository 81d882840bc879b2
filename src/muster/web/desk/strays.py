"""Results of tubes that nobody has: which tube is meant, or left out with a reason."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from muster.apps.screening.actions import dismiss_result, match_result, reopen_result
from muster.apps.screening.queries.strays import (
    laboratory_names,
    near_tubes,
    stray_of,
    strays_within,
)
from muster.protocols.access import Verb
from muster.web import fields
from muster.web.desk.held_changes import let_be
from muster.web.desk.page import done, page, posted
from muster.web.exports import xlsx_response
from muster.web.lists import listed
from muster.web.reach import Reach
from muster.web.templatetags.muster import result_name
from muster.web.templatetags.muster import said as in_words


@page(Verb.VIEW_RESULTS)
def strays(request: HttpRequest, reach: Reach) -> HttpResponse:
    """What waits for its tube, the oldest first."""
    found = strays_within(low=reach.low, high=reach.high)
    if request.GET.get("export"):
        return _export(reach, list(found))
    shown = listed(request, found)
    names = laboratory_names(list(shown.page))
    rows = [(r, names.get(r.laboratory, "")) for r in shown.page]
    return render(request, "desk/strays.html", {"reach": reach, "list": shown, "rows": rows})


def _export(reach: Reach, found: list[Any]) -> HttpResponse:
    heads = ("Laboratory", "Tube", "Result", "Reported at", "Received at", "Why")
    names = laboratory_names(found)
    return xlsx_response(
        name="results-without-tube",
        title=gettext("Results without a tube"),
        area=reach.place.area,
        columns=[gettext(x) for x in heads],
        rows=(
            (names.get(r.laboratory, ""), r.tube, result_name(r.value), r.reported_at,
             r.received_at, in_words(r.code, "result_code"))
            for r in found
        ),
    )  # fmt: skip


@page(Verb.IMPORT_RESULTS)
def nearby(request: HttpRequest, reach: Reach, result: UUID) -> HttpResponse:
    """Tubes without a result whose code is nearly this one."""
    stray = stray_of(result)
    context = {"result": stray, "near": near_tubes(stray, low=reach.low, high=reach.high)}
    return render(request, "desk/stray_tubes.html", context)


@posted
def match(request: HttpRequest, result: UUID) -> HttpResponse:
    """The result is of this tube."""

    def write() -> str:
        round_id = fields.key(request.POST, "round") if request.POST.get("round") else None
        tube = fields.text(request.POST, "tube")
        recalls = match_result(result=result, tube=tube, round_id=round_id).recalls
        return gettext("The result has its tube.") + (
            " " + ngettext("%(n)s recall opened.", "%(n)s recalls opened.", recalls)
            % {"n": recalls} if recalls else ""
        )  # fmt: skip

    return done(request, write, "{0}")


@posted
def leave(request: HttpRequest, result: UUID) -> HttpResponse:
    """It is of no tube of ours."""

    def write(reason: str) -> object:
        return dismiss_result(result=result, reason=reason)

    return let_be(request, write, reverse("desk-stray-reopen", args=[result]))


@posted
def reopen(request: HttpRequest, result: UUID) -> HttpResponse:
    """Undo: it waits for its tube again."""
    said = gettext("Taken back. It waits for a decision again.")
    return done(request, lambda: reopen_result(result=result), said)
