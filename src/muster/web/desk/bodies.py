"""Temporary committees, branches, posts and teams: leader, members, start, end."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from muster.apps.people.actions import add_members, create_temporary_body
from muster.apps.people.actions.closing import end_body
from muster.apps.people.errors import PersonNotFound
from muster.apps.people.queries.access import require
from muster.apps.people.queries.bodies import bodies_within, person_by_phone
from muster.apps.people.queries.contacts import top_of_tree
from muster.protocols.access import Verb
from muster.web import fields
from muster.web.desk.page import community_code, done, page, posted
from muster.web.reach import Reach
from muster.web.words import WORDS


@page(Verb.MANAGE_BODIES)
def bodies(request: HttpRequest, reach: Reach) -> HttpResponse:
    """Who leads what, with whom, until when."""
    context = {
        "reach": reach,
        "bodies": bodies_within(low=reach.low, high=reach.high),
        "kinds": WORDS["body"],
        "parents": top_of_tree(),
    }
    return render(request, "desk/bodies.html", context)


@posted
def create(request: HttpRequest) -> HttpResponse:
    """Set a temporary body up, with its leader found by telephone."""
    data = request.POST

    def write() -> object:
        leader = fields.text(data, "leader")
        return create_temporary_body(
            kind=data.get("kind", "team"),
            name=fields.text(data, "name"),
            parent=fields.key(data, "parent"),
            area=community_code(request),
            scope=fields.text(data, "scope"),
            leader=_found(leader) if leader else None,
            ends_at=fields.moment(data, "ends_at") if data.get("ends_at") else None,
        )

    return done(request, write, gettext("Set up."))


def _found(phone: str) -> UUID:
    person = person_by_phone(phone)
    if person is None:
        raise PersonNotFound
    return person


@posted
def members(request: HttpRequest, body: UUID) -> HttpResponse:
    """Add members by telephone, several at once."""
    require(Verb.MANAGE_BODIES, place=community_code(request))

    def write() -> int:
        phones = fields.text(request.POST, "phones").replace("，", " ").replace(",", " ").split()
        return add_members(body=body, persons=[_found(p) for p in phones])

    return done(request, write, gettext("Members added: {0}."))


@posted
def end(request: HttpRequest, body: UUID) -> HttpResponse:
    """The body has done its work."""
    return done(request, lambda: end_body(body=body), gettext("Ended, with thanks."))
