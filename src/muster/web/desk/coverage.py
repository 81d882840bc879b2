"""Coverage: estate, building, stair, door; who is missing, on screen and on paper."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from muster.apps.communities.queries.places import ancestors, place_of, places
from muster.apps.screening.actions import forget_absence, note_absence
from muster.apps.screening.queries.coverage import (
    Behind,
    Coverage,
    behind_doors,
    coverage_below,
    coverage_total,
)
from muster.apps.screening.queries.rounds import OUTCOMES, rounds_of
from muster.apps.screening.queries.tallies import standings, tallies_of
from muster.apps.screening.queries.walks import disputed, words_said
from muster.kernel.errors import Invalid
from muster.protocols.access import Verb
from muster.web import fields
from muster.web.desk.page import done, page, posted
from muster.web.desk.rounds import chosen_round
from muster.web.exports import xlsx_response
from muster.web.lists import listed
from muster.web.reach import Reach
from muster.web.templatetags.muster import exemption_name, phone_masked, place_name, said
from muster.web.words import WORDS

if TYPE_CHECKING:
    from muster.apps.communities.models import Place
    from muster.apps.screening.models import Absence, Round


class OutcomeUnknown(Invalid):
    """There is no such outcome of a door visit: {outcome}"""

    code = "outcome_unknown"


@page(Verb.VIEW_COVERAGE)
def coverage(request: HttpRequest, reach: Reach) -> HttpResponse:
    """One level of the tree below `?at=`, the doors as a grid where there are only doors; of more
    than a community its divisions, added up."""
    if not reach.is_community:
        return _wide(request, reach)
    round_ = chosen_round(request, reach)
    if round_ is None:
        return render(request, "desk/coverage.html", {"reach": reach, "round": None})
    at = fields.number(request.GET, "at", 0) or None
    place = place_of(at) if at else None
    lines = coverage_below(round_.id, at)
    if request.GET.get("export"):
        return _export(reach, round_, lines)
    top = set(round_.places)
    above = [p for p in ancestors(place) if top & set(p.path)] if place else []
    is_doors = bool(lines) and all(line.kind == "door" for line in lines)
    context: dict[str, Any] = {
        "reach": reach,
        "round": round_,
        "total": coverage_total(round_.id),
        "lines": sorted(lines, key=lambda line: -line.missing) if not is_doors else lines,
        "place": place,
        "above": above,
        "is_doors": is_doors,
        "compared": tallies_of([r.id for r in rounds_of(low=reach.low, high=reach.high)]),
    }
    return render(request, "desk/coverage.html", context)


def _wide(request: HttpRequest, reach: Reach) -> HttpResponse:
    found = standings(low=reach.low, high=reach.high)
    if request.GET.get("export"):
        heads = ("Place", "Missing", "Tested", "Exempt", "Refused", "Away", "Home visit due",
                 "Residents", "Tubes", "Samples")  # fmt: skip
        rows = (
            (place_name(x.place) if x.place else x.area, x.missing, x.tested, x.exempt, x.refused,
             x.away, x.home_visit, x.residents, x.tubes, x.samples)
            for x in found
        )  # fmt: skip
        return xlsx_response(
            name="coverage",
            title=gettext("Coverage"),
            area=reach.place.area,
            columns=[gettext(x) for x in heads],
            rows=rows,
        )
    figures = ("residents", "tested", "exempt", "refused", "missing", "tubes", "samples")
    total = {name: sum(getattr(x, name) for x in found) for name in figures}
    as_of = min((x.as_of for x in found), default=None)
    context = {
        "reach": reach,
        "lines": sorted(found, key=lambda x: -x.missing),
        "total": total,
        "as_of": as_of,
    }
    return render(request, "desk/coverage_wide.html", context)


def _export(reach: Reach, round_: Round, lines: list[Coverage]) -> HttpResponse:
    heads = ("Place", "Missing", "Tested", "Exempt", "Refused", "Away", "Home visit due",
             "Residents")  # fmt: skip
    return xlsx_response(
        name="coverage",
        title=f"{gettext('Coverage')} {round_.title}",
        area=reach.place.area,
        columns=[gettext(x) for x in heads],
        rows=(
            (x.name, x.missing, x.tested, x.exempt, x.refused, x.away, x.home_visit, x.residents)
            for x in lines
        ),
    )


class Door(NamedTuple):
    """A door to knock at, with who lives behind it and has to be found."""

    place: str
    label: str
    behind: list[Behind]


@page(Verb.VIEW_COVERAGE, community=True)
def doors(request: HttpRequest, reach: Reach) -> HttpResponse:
    """The doors to knock at, in walking order."""
    round_ = chosen_round(request, reach)
    context: dict[str, Any] = {"reach": reach, "round": round_, "count": 0}
    if round_ is None:
        return render(request, "desk/doors.html", context)
    within = [fields.number(request.GET, "at")] if request.GET.get("at") else list(round_.places)
    everybody = request.GET.get("all") == "1"
    found = [(p, _behind(round_, p.id, everybody)) for p in places(within)]
    if request.GET.get("export"):
        return _export_doors(reach, round_, found)
    walk = [Door(name, *door) for p, who in found for name in [whole_name(p)]
            for door in by_door(who)]  # fmt: skip
    whole = request.GET.get("whole") == "1"
    shown = listed(request, walk)
    context |= {
        "place": found[0][0] if request.GET.get("at") and found else None,
        "list": None if whole else shown,
        "words": words_said(round_.id, [b.person for d in shown.page for b in d.behind]),
        "doors": walk if whole else None,
        "count": len(walk),
        "people": sum(len(who) for _, who in found),
        "outcomes": {k: WORDS["status"][k] for k in OUTCOMES},
    }
    return render(request, "desk/doors.html", context)


def by_door(who: list[Behind]) -> list[tuple[str, list[Behind]]]:
    """Residents in walking order, door by door."""
    return [(label, list(group)) for label, group in groupby(who, key=lambda b: b.label)]


def whole_name(place: Place) -> str:
    """The place with the estate that it lies in."""
    above = [p for p in ancestors(place) if p.kind in ("estate", "building", "unit", "door")]
    return " ".join(place_name(p) for p in above or [place])


def _behind(round_: Round, at: int, everybody: bool) -> list[Behind]:
    if everybody:
        return behind_doors(round_.id, at)
    differ, waiting = disputed(round_.id), {"missing", "home_visit", "refused"}
    found = behind_doors(round_.id, at, only_missing=True, also=differ)
    return [b for b in found if b.status in waiting or b.person in differ]


def _export_doors(
    reach: Reach, round_: Round, found: list[tuple[Place, list[Behind]]]
) -> HttpResponse:
    heads = ("Place", "Door", "Name", "Born", "Phone", "State", "Reason", "Note")
    return xlsx_response(
        name="doors",
        title=f"{gettext('Doors to knock')} {round_.title}",
        area=reach.place.area,
        columns=[gettext(x) for x in heads],
        rows=(
            (p.name, b.label, b.name, b.birth_year, phone_masked(b.phone), said(b.status, "status"),
             exemption_name(b.reason) if b.reason != b.status else "", b.note)
            for p, who in found
            for b in who
        ),
    )  # fmt: skip


@posted
def note(request: HttpRequest, person: UUID) -> HttpResponse:
    """What was found at the door."""
    outcome = request.POST.get("outcome", "")

    def write() -> Absence:
        if outcome not in OUTCOMES:
            raise OutcomeUnknown(outcome=outcome, reason="")
        return note_absence(
            round_id=fields.key(request.POST, "round"),
            person=person,
            outcome=outcome,
            note=fields.text(request.POST, "note"),
        )

    undo = f"/coverage/{person}/forget?round={request.POST.get('round', '')}"
    return done(request, write, gettext("Noted."), undo=undo)


@posted
def forget(request: HttpRequest, person: UUID) -> HttpResponse:
    """Undo: the resident is missing again."""
    round_id = fields.key(request.GET, "round")
    said_ = gettext("Taken back. The resident is missing again.")
    return done(request, lambda: forget_absence(round_id=round_id, person=person), said_)
