"""The recorder's page at a table: a tube, its people, beep. Works online; the lane comes later.

It sends through the same action as every phone: one record, one receipt.
"""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster.apps.audit.actions import switch_actor
from muster.apps.screening.actions import Record, record_batch
from muster.apps.screening.queries.devices import station_of
from muster.apps.screening.queries.finding import find_residents
from muster.kernel import clock
from muster.kernel.ids import new_id
from muster.protocols.actors import Actor
from muster.web import fields

COOKIE = "muster_table"


def enter(request: HttpRequest, token: str) -> HttpResponse:
    """A phone is enrolled by scanning the desk's QR; the token goes into a cookie at once."""
    station_of(token)
    response = redirect("table")
    response.set_cookie(
        COOKIE, token, max_age=86400, httponly=True, samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def table(request: HttpRequest) -> HttpResponse:
    """Choose a tube, then people. POST records one person into the tube."""
    token = request.COOKIES.get(COOKIE, "")
    tube = (request.POST.get("tube") or request.GET.get("tube") or "").strip().upper()
    receipt = None
    if request.method == "POST" and request.POST.get("record"):
        (receipt,) = record_batch(token=token, records=[_record(request, tube)])
    station = station_of(token, tube=tube)
    context = {"station": station, "tube": tube, "receipt": receipt, "fresh": new_id()}
    name = "phone/table_body.html" if getattr(request, "htmx", False) else "phone/table.html"
    return render(request, name, context)


def _record(request: HttpRequest, tube: str) -> Record:
    """The record that the page made. The page made its id, so sending it twice is one record."""
    said = request.POST.get("said", "").strip()[:200]
    person = request.POST.get("person", "")
    return Record(
        id=fields.key(request.POST, "record"),
        tube=tube,
        taken_at=datetime.now(tz=clock.LOCAL),
        person=fields.key(request.POST, "person") if person else None,
        said={"text": said} if said else None,
    )


def find(request: HttpRequest) -> HttpResponse:
    """Residents of this community by name, initials, door or phone tail, a few at a time."""
    station = station_of(request.COOKIES.get(COOKIE, ""))
    text = request.GET.get("q", "")
    switch_actor(Actor.device(station.device, station.area))
    return render(
        request,
        "phone/table_found.html",
        {
            "found": find_residents(station.area, text, round_id=station.round) if text else [],
            "text": text,
            "tube": request.GET.get("tube", ""),
            "ids": [new_id() for _ in range(12)],
        },
    )
