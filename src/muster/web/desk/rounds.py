"""Rounds: the shortage before anything is opened, tables as they go, phones enrolled."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from muster import policies
from muster.apps.calls.queries import volunteers_of
from muster.apps.communities.queries.places import estates_of, residents_per_place
from muster.apps.people.queries.access import require
from muster.apps.screening.actions import (
    close_round,
    offer_enrolment,
    open_round,
    revoke_device,
)
from muster.apps.screening.queries.coverage import coverage_total
from muster.apps.screening.queries.desk import devices_of, table_of
from muster.apps.screening.queries.plans import planned_rounds
from muster.apps.screening.queries.rounds import TableProgress, rounds_of, table_progress
from muster.kernel import clock
from muster.kernel.errors import NotFound
from muster.protocols.access import Verb
from muster.protocols.screening import site_demand
from muster.web import fields
from muster.web.desk.page import anybody, community_code, done, page, posted
from muster.web.desk.qr import qr
from muster.web.reach import Reach

if TYPE_CHECKING:
    from muster.apps.screening.models import Round


def chosen_round(request: HttpRequest, reach: Reach) -> Round | None:
    """The round of `?round=`, else the newest. Raises `RoundNotFound` for another place's."""
    found = rounds_of(low=reach.low, high=reach.high)
    if request.GET.get("round"):
        key = fields.key(request.GET, "round")
        match = next((r for r in found if r.id == key), None)
        if match is None:
            raise NotFound
        return match
    return found[0] if found else None


@page(Verb.VIEW_COVERAGE, community=True)
def rounds(request: HttpRequest, reach: Reach) -> HttpResponse:
    """The round as it goes, table by table; the form for the next one."""
    round_ = chosen_round(request, reach)
    estates = estates_of(reach.place.area)
    living = residents_per_place([e.id for e in estates])
    start = clock.now().replace(second=0, microsecond=0)
    context: dict[str, Any] = {
        "reach": reach,
        "round": round_,
        "rounds": rounds_of(low=reach.low, high=reach.high),
        "plans": planned_rounds(low=reach.low, high=reach.high),
        "estates": [(e, living[e.id]) for e in estates],
        "starts": start,
        "ends": start + timedelta(hours=6),
    }
    if round_ is not None:
        tables = table_progress(round_.id)
        context |= {"tables": tables, "chart": chart_of(tables)}
        context |= {"total": coverage_total(round_.id), "devices": devices_of(round_.id)}
    return render(request, "desk/rounds.html", context)


def chart_of(tables: list[TableProgress]) -> dict[str, Any]:
    """People a table, for the bar chart."""
    return {
        "kind": "bar",
        "x": [str(t.number) for t in tables],
        "series": [{"name": gettext("People"), "values": [t.people for t in tables]}],
    }


@posted
def preview(request: HttpRequest) -> HttpResponse:
    """What such a round would need, and what is short of it. Nothing is opened."""
    area = community_code(request)
    require(Verb.OPEN_ROUND, place=area)
    places = fields.numbers(request.POST, "estate")
    residents = sum(residents_per_place(places).values())
    tables = fields.number(request.POST, "tables", 0) or None
    context: dict[str, Any] = {"residents": residents}
    if residents:
        policy = policies.load(settings.MUSTER_POLICY)
        context["demand"] = site_demand(
            residents, tables, policy, sites=len(places), available=available_of(area)
        )
    return render(request, "desk/round_preview.html", context)


def available_of(area: int) -> dict[str, int]:
    """Who came forward, by the role given or else the first one wished."""
    counts: dict[str, int] = {}
    for each in volunteers_of(area):
        role = each.role or next(iter(each.roles), "")
        counts[role] = counts.get(role, 0) + 1
    return counts


@posted
def start(request: HttpRequest) -> HttpResponse:
    """Open the round with its tables and posts."""

    def write() -> str:
        begins = fields.moment(request.POST, "starts_at")
        ends = fields.moment(request.POST, "ends_at")
        opened = open_round(
            area=community_code(request),
            places=fields.numbers(request.POST, "estate"),
            title=fields.text(request.POST, "title") or gettext("Round"),
            starts_at=begins,
            ends_at=ends,
            shifts=[(begins, ends)],
            tables=fields.number(request.POST, "tables", 0) or None,
        )
        counts = {"tables": opened.demand.tables, "posts": opened.posts}
        return gettext("Opened: %(tables)s tables, %(posts)s posts.") % counts

    return done(request, write, "{0}")


@posted
def close(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """No more records are taken."""
    said = gettext("The round is closed. Late records are held.")
    return done(request, lambda: close_round(round_id=round_id), said)


@posted
def enrol(request: HttpRequest, table: UUID) -> HttpResponse:
    """A code for one phone: its digits and its QR are shown once, on this page alone. The code is
    in the fragment of the link, so that it stands in no log."""
    at = table_of(table)
    offered, code = offer_enrolment(table=table)
    link = f"{request.build_absolute_uri('/lane/')}#{code}"
    context = {"table": at, "offered": offered, "code": qr(link, scale=8), "digits": code}
    response = render(request, "desk/device.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@anybody
def paper(request: HttpRequest, table: UUID) -> HttpResponse:
    """The sheet for a table without a phone: room for each tube's barcode and its people."""
    at = table_of(table)
    require(Verb.RECORD_SPECIMEN, place=at.area)
    size = at.round.tube_size
    context = {"table": at, "rows": range(1, size + 1), "tubes": range(1, 1 + 20 // size * 2)}
    return render(request, "desk/paper.html", context)


@posted
def revoke(request: HttpRequest, device: UUID) -> HttpResponse:
    """From now on what this phone sends is held."""
    said = gettext("Revoked. What this phone sends from now on is held.")
    return done(request, lambda: revoke_device(device=device), said)
