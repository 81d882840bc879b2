"""Residents' codes on paper: a sheet a building, for who has no phone and for families."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster.apps.communities.queries.places import below, estates_of, residents_per_place
from muster.apps.screening.actions import paper_codes
from muster.protocols.access import Verb
from muster.web.desk.page import page, posted
from muster.web.desk.qr import qr
from muster.web.reach import Reach
from muster.web.templatetags.muster import name_masked


@page(Verb.VIEW_PEOPLE, community=True)
def codes(request: HttpRequest, reach: Reach) -> HttpResponse:
    """The buildings of a community, and how many live in each."""
    estates = [(e, list(below(e.id, "building"))) for e in estates_of(reach.place.area)]
    living = residents_per_place([b.id for _, buildings in estates for b in buildings])
    listed = [(e, [(b, living[b.id]) for b in buildings]) for e, buildings in estates]
    return render(request, "desk/codes.html", {"reach": reach, "estates": listed})


@posted
def sheet(request: HttpRequest, place: int) -> HttpResponse:
    """The codes of one building, to print and cut. A POST, because printing them is noted."""
    cards = [
        {
            "label": card.label,
            "names": [name_masked(n) for n in card.names],
            "family": len(card.names) > 1,
            "expires": card.expires,
            "code": qr(card.text, scale=3),
        }
        for card in paper_codes(place=place)
    ]
    response = render(request, "desk/codes_sheet.html", {"cards": cards})
    response.headers["Cache-Control"] = "no-store"
    return response
