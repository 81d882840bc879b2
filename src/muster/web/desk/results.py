"""Results by file: what was applied, what waits with its reason."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from muster.apps.audit.actions import write_line
from muster.apps.dashboards.queries import Within, figures_at
from muster.apps.people.queries.access import require
from muster.apps.screening.actions import import_results, register_laboratory, revoke_laboratory
from muster.apps.screening.queries.desk import waiting_results
from muster.apps.screening.queries.pools import laboratories_within, pools_of
from muster.gateways.laboratory import write_bundle
from muster.kernel import clock
from muster.kernel.divisions import code_range
from muster.kernel.errors import NotFound
from muster.protocols.access import Verb
from muster.web import fields
from muster.web.desk import figures
from muster.web.desk.imports import FileMissing
from muster.web.desk.page import community_code, done, page, posted
from muster.web.desk.result_files import read_results
from muster.web.desk.rounds import chosen_round
from muster.web.reach import Reach

CUT = gettext_noop(
    "The file ends exactly at row %(n)s, where this kind of spreadsheet cannot go on: it was cut."
    " Ask the laboratory for the rest, as xlsx or csv."
)
FIGURES = ("tubes", "tubes_resulted", "tubes_recalled", "people_recalled")


@page(Verb.VIEW_RESULTS, community=True)
def results(request: HttpRequest, reach: Reach) -> HttpResponse:
    """Tubes in figures, rows that did not fit, the upload."""
    round_ = chosen_round(request, reach)
    values = figures_at(Within(reach.low, reach.high, clock.now()), FIGURES)
    context: dict[str, Any] = {
        "reach": reach,
        "round": round_,
        "laboratories": laboratories_within(low=reach.low, high=reach.high),
        "figures": figures.of_values(request, values),
        "waiting": waiting_results(round_.id) if round_ else [],
    }
    return render(request, "desk/results.html", context)


@posted
def upload(request: HttpRequest) -> HttpResponse:
    """Take a result file: each row to its tube."""

    def write() -> str:
        sent = request.FILES.get("file")
        if sent is None:
            raise FileMissing(reason="")
        file = read_results(sent.read(), sent.name or "")
        report = import_results(round_id=fields.key(request.POST, "round"), rows=file.rows)
        if file.cut:
            messages.warning(request, gettext(CUT) % {"n": file.cut})
        counts = {"in": report.applied, "wait": report.waiting, "recalls": report.recalls}
        return (
            gettext("%(recalls)s recalls opened. %(in)s results in, %(wait)s rows did not fit.")
            % counts
        )

    return done(request, write, "{0}")


@page(Verb.VIEW_RESULTS, community=True)
def bundle(request: HttpRequest, reach: Reach) -> HttpResponse:
    """The round's pools as FHIR R4, for a laboratory: our own ids, nobody's name."""
    round_ = chosen_round(request, reach)
    if round_ is None:
        raise NotFound
    require(Verb.EXPORT, place=round_.area)
    text = write_bundle(pools_of(round_.id), now=clock.now())
    write_line(action="exported", area=round_.area, subject="fhir")
    response = HttpResponse(text, content_type="application/fhir+json")
    response.headers["Content-Disposition"] = 'attachment; filename="pools.fhir.json"'
    return response


@posted
def let_in(request: HttpRequest) -> HttpResponse:
    """Register a laboratory: its key is shown once, on this page alone."""
    area = community_code(request)
    low, high = code_range(area)
    name = fields.text(request.POST, "name") or gettext("Laboratory")
    laboratory, key = register_laboratory(name=name, area=area, low=low, high=high)
    context = {
        "laboratory": laboratory,
        "request_line": f"POST {request.build_absolute_uri(reverse('lab-results'))}",
        "header": f"Authorization: Laboratory {key}",
    }
    response = render(request, "desk/laboratory.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@posted
def shut_out(request: HttpRequest, laboratory: UUID) -> HttpResponse:
    """The laboratory may send nothing any more."""
    said = gettext("Revoked. What this laboratory sends from now on is refused.")
    return done(request, lambda: revoke_laboratory(laboratory=laboratory), said)
