"""Doors given to a phone: the code that makes it a pair's for a building, stairs or an estate."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster.apps.communities.queries.places import place_of
from muster.apps.screening.actions import offer_enrolment
from muster.apps.screening.queries.walks import table_for_walk
from muster.web import fields
from muster.web.desk.coverage import whole_name
from muster.web.desk.page import posted
from muster.web.desk.qr import qr


@posted
def enrol(request: HttpRequest) -> HttpResponse:
    """A code for a pair's phone, shown once, as a table's is (`muster.web.desk.rounds`)."""
    at = place_of(fields.number(request.POST, "at"))
    swabs = request.POST.get("swabs") == "1"
    table = table_for_walk(fields.key(request.POST, "round"), at.path)
    offered, code = offer_enrolment(table=table.id, walks=at.id, swabs=swabs)
    link = f"{request.build_absolute_uri('/lane/')}#{code}"
    context = {"offered": offered, "code": qr(link, scale=8), "digits": code, "place": at}
    context |= {"where": whole_name(at), "swabs": swabs, "round": table.round}
    response = render(request, "desk/walk_device.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response
