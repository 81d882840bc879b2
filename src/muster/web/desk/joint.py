"""A joint post (联合岗): the bodies that it names, chosen on the board."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from muster.apps.people.queries.access import require
from muster.apps.people.queries.organisations import names_of
from muster.apps.rosters.actions import mark_joint
from muster.apps.rosters.queries.choices import choices_for
from muster.apps.rosters.queries.rosters import post_of
from muster.kernel.errors import NotFound
from muster.protocols.access import Verb
from muster.web import fields
from muster.web.desk.page import anybody, came_from, done, posted


@anybody
def bodies(request: HttpRequest, post: UUID) -> HttpResponse:
    """Which bodies a joint post may name: the chosen, who came forward, what is searched for."""
    found = post_of(post)
    if found is None:
        raise NotFound
    require(Verb.PLAN_ROSTER, place=found.area)
    text = request.GET.get("q", "").strip()
    ticked = fields.numbers(request.GET, "bodies") if "q" in request.GET else found.bodies
    context = {"post": found, "choices": choices_for(found.area, ticked, text), "q": text,
               "back": came_from(request)}  # fmt: skip
    return render(request, "desk/board_joint.html", context)


def bodies_said(whom: Iterable[str | int]) -> dict[str | int, str]:
    """Whom posts need, in words: bodies by their codes, party members, leaders."""
    codes = {who for who in whom if isinstance(who, int)}
    names: dict[str | int, str] = dict(names_of(codes).items())
    return names | {"party": gettext("a party member"), "leader": gettext("a leader")}


@posted
def mark(request: HttpRequest, post: UUID) -> HttpResponse:
    """One of each of the ticked bodies must be there; none ticked, or lifted: not any more."""
    chosen = [] if request.POST.get("lift") else fields.numbers(request.POST, "bodies")
    yes = gettext("A joint post: whenever anybody serves there, one of each of these bodies does.")
    text = yes if chosen else gettext("Not a joint post any more.")
    return done(request, lambda: mark_joint(post=post, bodies=chosen), text)
