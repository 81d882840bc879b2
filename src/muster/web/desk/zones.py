"""Zones: the map, the orders in force with the people inside, an address and its level."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from muster.apps.communities.queries.places import (
    communities_in,
    estates_within,
    find_places,
    places,
)
from muster.apps.people.queries.access import may
from muster.apps.zones.actions import NewItem, end_order, issue_order
from muster.apps.zones.queries import InForce, in_force, orders, people_inside
from muster.kernel import clock
from muster.protocols.access import Verb
from muster.web import fields
from muster.web.desk.page import community_code, done, page, posted
from muster.web.desk.roles import levels
from muster.web.reach import Reach
from muster.web.templatetags.muster import level_name, place_name

if TYPE_CHECKING:
    from muster.apps.communities.models import Place

SHOWN = 400


@page(Verb.VIEW_ZONES)
def zones(request: HttpRequest, reach: Reach) -> HttpResponse:
    """Orders in force first, then the map."""
    now = clock.now()
    force = in_force(now)
    found = [
        o for o in orders(low=reach.low, high=reach.high) if not o.ended_at or o.ended_at > now
    ]
    estates = estates_within(reach.low, reach.high)
    drawn = [*communities_in(reach.low, reach.high), *estates]
    context = {
        "reach": reach,
        "orders": [(o, people_inside(o.id)) for o in found],
        "map": marks(drawn, force),
        "estates": estates,
        "levels": levels(),
        "now": now,
        "may_seal": may(Verb.SEAL_ZONE, place=reach.place.area),
    }
    return render(request, "desk/zones.html", context)


def marks(shown: list[Place], force: InForce) -> list[dict[str, Any]]:
    """Places as the map draws them: sealed ones large, all with a link to their people."""
    drawn = []
    for place in shown[:SHOWN]:
        if place.longitude is None or place.latitude is None:
            continue
        level = force.level(place.path).level or ""
        drawn.append(
            {
                "name": place_name(place),
                "lat": place.latitude,
                "lng": place.longitude,
                "level": level,
                "text": level_name(level) if level else gettext("No zone"),
                "href": reverse("desk-coverage") + f"?at={place.id}",
                "size": 12 if level else 7,
            }
        )
    return drawn


@page(Verb.VIEW_ZONES)
def level(request: HttpRequest, reach: Reach) -> HttpResponse:
    """The level at places whose name or address fits the text, each with its order."""
    force = in_force(clock.now())
    text = request.GET.get("q", "").strip()
    rows = []
    for place in find_places(text, limit=12) if text else []:
        decision = force.level(place.path)
        rows.append({"place": place, "level": decision.level, "order": force.order_of(decision)})
    return render(request, "desk/zone_level.html", {"rows": rows, "q": text, "reach": reach})


@posted
def issue(request: HttpRequest) -> HttpResponse:
    """Put places at a level from a minute on."""
    data = request.POST

    def write() -> object:
        found = places(fields.numbers(data, "at"))
        areas = {p.area for p in found}
        return issue_order(
            number=fields.text(data, "number"),
            title=fields.text(data, "title"),
            area=areas.pop() if len(areas) == 1 else community_code(request),
            effective_at=fields.moment(data, "effective_at"),
            items=[NewItem(place=p.id, level=data.get("level", "")) for p in found],
        )

    return done(request, write, gettext("The order is issued."))


@posted
def end(request: HttpRequest, order: UUID) -> HttpResponse:
    """Let an order end now."""
    said = gettext("The order has ended.")
    return done(request, lambda: end_order(order=order, at=clock.now()), said)
