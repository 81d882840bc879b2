"""Results by file: what was applied, what waits with its reason."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from muster.apps.dashboards.queries import Within, figures_at
from muster.apps.screening.actions import import_results
from muster.apps.screening.queries.desk import waiting_results
from muster.kernel import clock
from muster.protocols.access import Verb
from muster.web import fields
from muster.web.desk import figures
from muster.web.desk.imports import FileMissing
from muster.web.desk.page import done, page, posted
from muster.web.desk.result_files import read_results
from muster.web.desk.rounds import chosen_round
from muster.web.reach import Reach

FIGURES = ("tubes", "tubes_resulted", "tubes_recalled", "people_recalled")


@page(Verb.VIEW_RESULTS, community=True)
def results(request: HttpRequest, reach: Reach) -> HttpResponse:
    """Tubes in figures, rows that did not fit, the upload."""
    round_ = chosen_round(request, reach)
    values = figures_at(Within(reach.low, reach.high, clock.now()), FIGURES)
    context: dict[str, Any] = {
        "reach": reach,
        "round": round_,
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
        report = import_results(
            round_id=fields.key(request.POST, "round"),
            rows=read_results(sent.read(), sent.name or ""),
        )
        counts = {"in": report.applied, "wait": report.waiting, "recalls": report.recalls}
        return (
            gettext("%(recalls)s recalls opened. %(in)s results in, %(wait)s rows did not fit.")
            % counts
        )

    return done(request, write, "{0}")
