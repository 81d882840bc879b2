"""People: found by name, pinyin initials, phone tail or door."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from muster.apps.communities.actions import merge_residents, unmerge_residents
from muster.apps.communities.queries.homes import homes_now, persons_behind, residences_of
from muster.apps.notices.queries import notices_to
from muster.apps.people.actions import reveal_identity_number
from muster.apps.people.queries.access import require
from muster.apps.people.queries.organisations import names_of
from muster.apps.people.queries.people import (
    person_of,
    persons,
    phones_of,
    reach_of,
    search,
)
from muster.apps.rosters.actions import switch_role
from muster.apps.rosters.queries.experience import standings_of
from muster.apps.rosters.queries.rosters import roles_of, shifts_of_person
from muster.apps.zones.queries import InForce, in_force, level_of_person
from muster.kernel import clock
from muster.protocols.access import Verb
from muster.web import fields
from muster.web.desk.page import anybody, done, page, posted, way_back
from muster.web.desk.roles import role, roles
from muster.web.exports import xlsx_response
from muster.web.lists import listed
from muster.web.phone.code import code_token
from muster.web.reach import Reach, home_area
from muster.web.templatetags.muster import id_masked, level_name, phone_masked, role_name

if TYPE_CHECKING:
    from muster.apps.people.models import Person

DOOR = re.compile(r"\d{1,4}(-\w{1,6}){1,2}-?")
SORTS = {"name": "pinyin"}
EXPORTED = 20_000


@page(Verb.VIEW_PEOPLE)
def people(request: HttpRequest, reach: Reach) -> HttpResponse:
    """The list; as a spreadsheet with `?export=xlsx`."""
    text = request.GET.get("q", "").strip()
    found = found_by(text, reach)
    if request.GET.get("export"):
        return _export(reach, list(found.order_by("pinyin", "id")[:EXPORTED]))
    rows = listed(request, found.order_by("id"), SORTS)
    context = {"reach": reach, "list": rows, "q": text, "rows": lines(list(rows.page))}
    return render(request, "desk/people.html", context)


def found_by(text: str, reach: Reach) -> Any:
    """Who a search text means within a reach: a door by its short address, else as `search`."""
    within = persons().filter(area__range=(reach.low, reach.high))
    if DOOR.fullmatch(text):
        behind = persons_behind(text, low=reach.low, high=reach.high)
        return within.filter(id__in=behind)
    return search(text, within)


def lines(rows: list[Person]) -> list[dict[str, Any]]:
    """People with all that a list shows of them; the same few reads however many they are."""
    ids = [p.id for p in rows]
    homes, switches = homes_now(ids), roles_of(ids)
    phones = {p.id: p.phone for p in reach_of(ids)}
    units = names_of({p.unit for p in rows if p.unit})
    zones = in_force(clock.now())
    return [
        {
            "person": p,
            "home": homes.get(p.id),
            "phone": phones.get(p.id, ""),
            "level": _level(zones, homes[p.id].path) if p.id in homes else "",
            "role": switches[p.id].role if p.id in switches else "",
            "unit": units.get(p.unit or 0, ""),
        }
        for p in rows
    ]


def _level(zones: InForce, path: tuple[int, ...]) -> str:
    return zones.level(path).level or ""


def _export(reach: Reach, rows: list[Person]) -> HttpResponse:
    heads = ("Name", "Estate", "Door", "Phone", "Identity number", "Zone", "Role", "Work unit")
    return xlsx_response(
        name="people",
        title=gettext("People"),
        area=reach.place.area,
        columns=[gettext(x) for x in heads],
        rows=(
            (
                x["person"].name,
                x["home"].estate if x["home"] else "",
                x["home"].label if x["home"] else "",
                phone_masked(x["phone"]),
                id_masked(x["person"].id_tail),
                level_name(x["level"]),
                role_name(x["role"]) if x["role"] else "",
                x["unit"],
            )
            for x in lines(rows)
        ),
    )


@anybody
def person(request: HttpRequest, person: UUID) -> HttpResponse:
    """One person. Raises `PersonNotFound`, `NotAllowed`."""
    found = person_of(person)
    require(Verb.VIEW_PEOPLE, place=found.area, unit=found.unit)
    now = clock.now()
    decision = level_of_person(person, now)
    switch = roles_of([person]).get(person)
    context = {
        "person": found,
        "phones": phones_of(person),
        "residences": residences_of(person),
        "decision": decision,
        "order": in_force(now).order_of(decision),
        "switch": switch,
        "rule": role(switch.role) if switch else None,
        "roles": roles(),
        "shifts": shifts_of_person(person),
        "standing": standings_of([person])[person],
        "area": home_area(request) or found.area,
        "notices": notices_to(person),
        "unit": names_of({found.unit}).get(found.unit) if found.unit else "",
        "code": request.build_absolute_uri(reverse("my-code-link", args=[code_token(person)])),
    }
    return render(request, "desk/person.html", context)


@posted
def take_role(request: HttpRequest, person: UUID) -> HttpResponse:
    """Switch to a front-line role and tick off what it must know."""
    chosen, ticked = fields.text(request.POST, "role"), request.POST.getlist("ticked")
    return done(
        request,
        lambda: switch_role(person=person, role=chosen, ticked=ticked),
        gettext("Kept."),
        back=f"/people/{person}/",
    )


@posted
def merge(request: HttpRequest, person: UUID) -> HttpResponse:
    """Another entry is the same person: this one stays."""
    drop = fields.key(request.POST, "drop")
    return done(
        request,
        lambda: merge_residents(keep=person, drop=drop),
        gettext("The two entries are one now."),
        undo=f"/people/{drop}/unmerge",
        back=f"/people/{person}/",
    )


@posted
def unmerge(request: HttpRequest, person: UUID) -> HttpResponse:
    """Undo: this entry is somebody of its own again."""
    said = gettext("The two entries are two people again.")
    return done(request, lambda: unmerge_residents(drop=person), said, back=f"/people/{person}/")


@posted
def reveal(request: HttpRequest, person: UUID) -> HttpResponse:
    """The identity number in full, once, for a stated reason."""
    number = reveal_identity_number(person_id=person, reason=fields.text(request.POST, "reason"))
    if not getattr(request, "htmx", False):
        return redirect(way_back(request))
    response = render(request, "desk/number.html", {"number": number})
    response.headers["Cache-Control"] = "no-store"
    return response


@anybody
def others(request: HttpRequest, person: UUID) -> HttpResponse:
    """Whom this entry may be merged with: found by the search text."""
    found = person_of(person)
    require(Verb.EDIT_PEOPLE, place=found.area)
    text = request.GET.get("q", "").strip()
    rows = list(search(text).exclude(id=person)[:8]) if text else []
    context = {"person": found, "rows": lines(rows), "q": text}
    return render(request, "desk/others.html", context)
