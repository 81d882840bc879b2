"""The call: how far it has got, who is silent, what a body answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from muster.apps.calls.actions import acknowledge, close_call, issue_call, offer_people
from muster.apps.calls.queries import call_of, node_of, progress_of, silent_bodies, tree_below
from muster.apps.calls.queries.lists import calls_reaching, newest_calls
from muster.apps.communities.queries.places import communities_in
from muster.apps.people.queries.access import may, require
from muster.apps.people.queries.contacts import contacts_of, organisation_with_code, top_of_tree
from muster.apps.people.queries.organisations import range_below
from muster.apps.people.queries.people import first_phone, people_of_unit
from muster.protocols.access import Verb
from muster.web import fields
from muster.web.desk.page import acting, anybody, community_code, done, posted, unit_of
from muster.web.desk.roles import need_of, roles

if TYPE_CHECKING:
    from muster.apps.calls.models import Call
    from muster.apps.communities.models import Place


@anybody
def call(request: HttpRequest) -> HttpResponse:
    """Calls, and the chosen or newest one as it stands. htmx polls the progress alone."""
    unit = unit_of(request)
    require(Verb.VIEW_CALL, unit=unit)
    calls = _calls(unit)
    chosen = _chosen(request, calls)
    context: dict[str, Any] = {"calls": calls, "unit": unit}
    if chosen is not None:
        context |= _state(request, chosen, unit or 0)
    if getattr(request, "htmx", False):
        return render(request, "desk/call_progress.html", context)
    if may(Verb.ISSUE_CALL, unit=unit):
        context |= {"roots": top_of_tree(), "roles": roles(), "areas": _areas(request)}
    return render(request, "desk/call.html", context)


def _areas(request: HttpRequest) -> list[Place]:
    """The communities that hands can be called for."""
    return [c for low, high in acting(request).places for c in communities_in(low, high)]


def _calls(unit: int | None) -> list[Call]:
    return newest_calls() if not unit or unit % 10**9 == 0 else calls_reaching(unit)


def _chosen(request: HttpRequest, calls: list[Call]) -> Call | None:
    if request.GET.get("call"):
        return call_of(fields.key(request.GET, "call"))
    return calls[0] if calls else None


def _state(request: HttpRequest, chosen: Call, unit: int) -> dict[str, Any]:
    """Progress, the branch that is open, the silent ones below it with whom to ring."""
    at = fields.number(request.GET, "unit", unit if unit else chosen.root.code)
    low, high = range_below(at) if at else (0, 10**15)
    silent = silent_bodies(chosen.id, low=low, high=high, limit=30)
    own = node_of(chosen.id, unit) if unit else None
    return {
        "call": chosen,
        "progress": progress_of(chosen.id),
        "at": organisation_with_code(at),
        "branches": tree_below(chosen.id, at),
        "silent": silent,
        "contacts": contacts_of([n.unit for n in silent]),
        "own": own,
        "people": _people(unit) if own and may(Verb.OFFER_PEOPLE, unit=unit) else [],
        "all_roles": roles(),
    }


def _people(unit: int) -> list[Any]:
    low, high = range_below(unit)
    return list(people_of_unit(low, high).annotate(phone=first_phone())[:200])


@posted
def issue(request: HttpRequest) -> HttpResponse:
    """Send a call down the tree."""
    data = request.POST
    return done(
        request,
        lambda: issue_call(
            number=fields.text(data, "number"),
            title=fields.text(data, "title"),
            body=fields.text(data, "body"),
            area=community_code(request),
            root=fields.key(data, "root"),
            need=need_of(data),
        ),
        gettext("The call has gone out."),
    )


@posted
def close(request: HttpRequest, call: UUID) -> HttpResponse:
    """Close a call by hand."""
    return done(request, lambda: close_call(call=call), gettext("The call is closed."))


@posted
def answer(request: HttpRequest, call: UUID, organisation: UUID) -> HttpResponse:
    """A body has read the call."""
    said = gettext("Acknowledged. Thank you.")
    return done(request, lambda: acknowledge(call=call, organisation=organisation), said)


@posted
def offer(request: HttpRequest, call: UUID, organisation: UUID) -> HttpResponse:
    """A body offers some of its people."""
    chosen = request.POST.getlist("roles")
    persons = dict.fromkeys(fields.keys(request.POST, "person"), chosen)
    return done(
        request,
        lambda: offer_people(call=call, organisation=organisation, persons=persons),
        gettext("Offered: {0[0]} accepted, {0[1]} in the reserve."),
    )
