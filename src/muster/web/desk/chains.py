"""Pasted chains: a preview while typing, entries that wait, versions, the clean chain to post."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from muster.apps.calls.actions import paste_chain, reopen_entry, settle_entry
from muster.apps.calls.queries import calls_of, chain_versions, waiting_entries
from muster.apps.calls.queries.lists import settled_entries, version_of
from muster.apps.people.queries.access import require
from muster.intake.chains import clean_chain, read_chains
from muster.intake.errors import NotReadable
from muster.kernel.errors import NotFound
from muster.protocols.access import Verb
from muster.web import fields
from muster.web.desk.page import community_code, done, page, posted
from muster.web.lists import listed
from muster.web.problems import text_of
from muster.web.reach import Reach

if TYPE_CHECKING:
    from muster.apps.calls.models import ChainEntry


@page(Verb.SETTLE_DOUBTS, community=True)
def chains(request: HttpRequest, reach: Reach) -> HttpResponse:
    """What waits first, then the paste box, then what was pasted."""
    area = reach.place.area
    calls = calls_of(low=reach.low, high=reach.high)
    context = {
        "reach": reach,
        "calls": [c for c in calls if c.state != "closed"],
        "list": listed(request, waiting_entries(area)),
        "versions": chain_versions(area),
        "settled": settled_entries(area),
    }
    return render(request, "desk/chains.html", context)


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """What pasting would give. Nothing is kept."""
    require(Verb.SETTLE_DOUBTS, place=community_code(request))
    text = request.POST.get("text", "")
    context: dict[str, Any] = {"chains": [], "text": text.strip()}
    try:
        context["chains"] = read_chains(text).chains if text.strip() else []
    except NotReadable as error:
        context["problem"] = text_of(error)
    return render(request, "desk/chain_preview.html", context)


@posted
def paste(request: HttpRequest) -> HttpResponse:
    """Keep a paste: sign-ups at once, doubts wait."""

    def write() -> str:
        pasted = paste_chain(
            call=fields.key(request.POST, "call"),
            area=community_code(request),
            text=request.POST.get("text", ""),
        )
        if pasted.same:
            return gettext("This has been pasted before. Nothing has changed.")
        return gettext(
            "Signed up: %(taken)s. Waiting for you: %(waiting)s. New %(added)s, changed"
            " %(changed)s, taken back %(withdrawn)s."
        ) % {
            key: getattr(pasted, key)
            for key in ("taken", "waiting", "added", "changed", "withdrawn")
        }

    return done(request, write, "{0}")


@posted
def settle(request: HttpRequest, entry: UUID) -> HttpResponse:
    """This is who it was, or (`take=0`) nobody."""
    take = request.POST.get("take", "1") == "1"

    def write() -> ChainEntry:
        return settle_entry(
            entry=entry,
            name=fields.text(request.POST, "name"),
            phone=fields.text(request.POST, "phone"),
            take=take,
        )

    said = gettext("Signed up.") if take else gettext("Left out.")
    return done(request, write, said, undo=f"/chains/entries/{entry}/reopen")


@posted
def reopen(request: HttpRequest, entry: UUID) -> HttpResponse:
    """Undo: the entry waits again."""
    return done(request, lambda: reopen_entry(entry=entry), gettext("The entry waits again."))


@page(Verb.SETTLE_DOUBTS, community=True)
def version(request: HttpRequest, reach: Reach, version: UUID) -> HttpResponse:
    """One paste, and its clean chain to post in the group. Raises `NotFound`."""
    found = version_of(version)
    if found is None or found.area != reach.place.area:
        raise NotFound
    clean = "\n".join(clean_chain(c) for c in read_chains(found.text).chains)
    context = {"reach": reach, "version": found, "clean": clean}
    return render(request, "desk/chain.html", context)
