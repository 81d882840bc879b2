"""What was settled at the desk: who decided what and when, each with its undo while that is
allowed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import batched
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from muster.apps.communities.queries.places import divisions_by_code
from muster.apps.people.queries.accounts import names_of_actors
from muster.apps.screening.actions import undo_settled
from muster.apps.screening.queries.settled import (
    CHOICES,
    Settled,
    described,
    last_about,
    settled_within,
)
from muster.protocols.access import Verb
from muster.web.action_words import ACTION_WORDS
from muster.web.desk.page import done, page, posted
from muster.web.exports import xlsx_response
from muster.web.lists import listed
from muster.web.reach import Reach
from muster.web.templatetags.muster import place_name
from muster.web.templatetags.muster import said as in_words

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from muster.apps.screening.models import Decision

LATELY = 5
"""How many stand below what still waits."""
AT_ONCE = 500
"""How many of an export are looked at together."""


@page(Verb.SETTLE_SPECIMENS)
def settled(request: HttpRequest, reach: Reach) -> HttpResponse:
    """The newest first; of every community within reach."""
    filters = {"q": request.GET.get("q", "").strip(), "choice": request.GET.get("choice", "")}
    text, choice = filters["q"], filters["choice"]
    found = settled_within(low=reach.low, high=reach.high, text=text, choice=choice)
    if request.GET.get("export"):
        return _export(reach, found)
    rows = listed(request, found)
    context: dict[str, Any] = {"reach": reach, "list": rows, "filters": filters}
    context["choices"] = [(key, ACTION_WORDS["action"][key]) for key in CHOICES]
    return render(request, "desk/settled.html", context | told(list(rows.page)))


def _export(reach: Reach, found: QuerySet[Decision]) -> HttpResponse:
    heads = ("Settled at", "Settled by", "What was done", "Person", "Tube", "Why it had waited",
             "Reason", "Community", "Round", "Undo")  # fmt: skip
    return xlsx_response(
        name="settled",
        title=gettext("Settled at the desk"),
        area=reach.place.area,
        columns=[gettext(x) for x in heads],
        rows=(
            _row(x, shown)
            for some in batched(found.iterator(), AT_ONCE)
            for x, shown in _shown(some)
        ),
    )


def _shown(some: Sequence[Decision]) -> Iterator[tuple[Settled, dict[str, Any]]]:
    shown = told(some)
    return ((x, shown) for x in shown["settled"])


def _row(x: Settled, shown: dict[str, Any]) -> tuple[Any, ...]:
    """As on the page."""
    d, actors, at = x.decision, shown["actors"], shown["places"].get(x.decision.area)
    return (
        d.made_at, actors.get(d.made_by, d.made_by), ACTION_WORDS["action"][d.choice], x.name,
        d.tube, in_words(d.code, _kind(d)), d.reason, place_name(at) if at else "", x.round,
        in_words(x.bar, "undo_bar"),
    )  # fmt: skip


def _kind(d: Decision) -> str:
    """Whose words its code is in."""
    about = {"closing_code": d.closing, "change_code": d.change, "visit_code": d.visit}
    return next((kind for kind, row in about.items() if row), "record_code")


def told(decisions: Sequence[Decision]) -> dict[str, Any]:
    """What the rows of a page say besides themselves: who, where, what stands against the undo."""
    actors = {d.made_by for d in decisions} | {d.ended_by for d in decisions if d.ended_by}
    return {
        "settled": described(decisions),
        "actors": names_of_actors(actors),
        "places": divisions_by_code(list({d.area for d in decisions})),
    }


def lately(reach: Reach) -> dict[str, Any]:
    """The last ones, for the page of what still waits."""
    return told(list(settled_within(low=reach.low, high=reach.high)[:LATELY]))


@posted
def undo(request: HttpRequest, decision: UUID) -> HttpResponse:
    """What was decided is taken back, unless somebody relies on it by now."""
    said = gettext("Taken back: it is as it was, and waits for a decision again.")
    back = reverse("desk-settled")
    return done(request, lambda: undo_settled(decision=decision), said, back=back)


def undo_of(round_id: UUID, row: UUID) -> str:
    """Where the decision that has just been made about a row is taken back."""
    return reverse("desk-settled-undo", args=[last_about(round_id, row)])
