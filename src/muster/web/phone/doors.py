"""The door list of a pair of volunteers: who is missing behind which door, ticked as they go."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster.apps.communities.queries.places import ancestors, below, place_of
from muster.apps.people.queries.access import require
from muster.apps.screening.actions import forget_absence, note_absence
from muster.apps.screening.queries.coverage import Behind, behind_doors, coverage_below
from muster.apps.screening.queries.rounds import rounds_of
from muster.protocols.access import Verb
from muster.web import fields
from muster.web.reach import reach_of_page

OUTCOMES = ("away", "refused", "exempt", "home_visit", "not_found", "came", "moved")


def walk(request: HttpRequest) -> HttpResponse:
    """Buildings with somebody missing; in a building or stair, the doors to knock."""
    reach = reach_of_page(request)
    require(Verb.RECORD_DOOR_VISIT, place=reach.low)
    rounds = rounds_of(low=reach.low, high=reach.high)
    if not rounds:
        return render(request, "phone/walk.html", {"round": None})
    if request.method == "POST":
        return _visit(request, rounds[0].id)
    at = request.GET.get("at", "")
    place = place_of(int(at)) if at.isdigit() else None
    walked = place is not None and place.kind in ("building", "unit", "door")
    return render(
        request,
        "phone/walk.html",
        {
            "round": rounds[0],
            "place": place,
            "path": [p for p in ancestors(place) if p.code is None] if place else [],
            "parts": [] if walked else coverage_below(rounds[0].id, place.id if place else None),
            "stairs": below(place.id, "unit") if place and place.kind == "building" else [],
            "doors": _to_knock(rounds[0].id, place.id) if walked and place else [],
            "outcomes": OUTCOMES,
        },
    )  # fmt: skip


def _to_knock(round_id: UUID, place: int) -> list[Behind]:
    """Who is behind these doors and not tested, nor excused for good."""
    return behind_doors(round_id, place, only_missing=True)


def _visit(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Note what was found at a door, or undo it."""
    person = fields.key(request.POST, "person")
    outcome = request.POST.get("outcome", "")
    if outcome in OUTCOMES:
        note_absence(
            round_id=round_id, person=person, outcome=outcome, note=request.POST.get("note", "")
        )
    else:
        forget_absence(round_id=round_id, person=person)
    return redirect(request.get_full_path())
