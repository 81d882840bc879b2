"""Bulletins: figures frozen at a cut-off, in both languages, the same tomorrow."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from muster.apps.bulletins.queries import bulletin_of, bulletins_of, is_unchanged
from muster.apps.communities.queries.places import place_with_code
from muster.apps.dashboards.actions import issue_bulletin
from muster.apps.people.queries.access import may, require
from muster.kernel import clock
from muster.kernel.divisions import code_range
from muster.protocols.access import Verb
from muster.web import fields
from muster.web.desk import figures
from muster.web.desk.page import acting, anybody, community_code, done, posted
from muster.web.reach import reach_of_page


@anybody
def bulletins(request: HttpRequest) -> HttpResponse:
    """The editions of the reader's place; of everywhere for who has none."""
    require(Verb.VIEW_BULLETIN)
    reach = reach_of_page(request) if acting(request).places else None
    low, high = (reach.low, reach.high) if reach else (0, 10**12)
    context = {
        "reach": reach,
        "bulletins": bulletins_of(low=low, high=high),
        "now": clock.now(),
        "may_issue": reach is not None and may(Verb.ISSUE_BULLETIN, place=reach.place.area),
    }
    return render(request, "desk/bulletins.html", context)


@anybody
def bulletin(request: HttpRequest, bulletin: UUID) -> HttpResponse:
    """One edition. Raises `BulletinNotFound`."""
    require(Verb.VIEW_BULLETIN)
    found = bulletin_of(bulletin)
    context = {
        "bulletin": found,
        "area": place_with_code(found.area),
        "figures": [figures.shown(request, f, both=True) for f in found.figures],
        "unchanged": is_unchanged(found),
        "digest": bytes(found.digest).hex(),
    }
    return render(request, "desk/bulletin.html", context)


@posted
def issue(request: HttpRequest) -> HttpResponse:
    """Freeze the figures at a cut-off."""

    def write() -> object:
        area = community_code(request)
        low, high = code_range(area)
        cutoff = fields.moment(request.POST, "cutoff", clock.now())
        return issue_bulletin(area=area, low=low, high=high, cutoff=min(cutoff, clock.now()))

    return done(request, write, gettext("The bulletin is out. Its figures will not change."))
