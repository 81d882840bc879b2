"""Files of unsent records that a phone has exported: taken in at the desk as the phone's own."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from muster.apps.audit.actions import switch_actor
from muster.apps.people.queries.access import require
from muster.apps.screening.errors import DeviceRefused, SealedUnreadable
from muster.protocols.access import Verb
from muster.web.desk.page import acting, community_code, done, page, posted
from muster.web.reach import Reach
from muster.web.sync.sealed import take_file


@page(Verb.SETTLE_SPECIMENS, community=True)
def sealed(request: HttpRequest, reach: Reach) -> HttpResponse:
    """The form, and what it is for."""
    return render(request, "desk/sealed.html", {"reach": reach})


@posted
def take(request: HttpRequest) -> HttpResponse:
    """Open the file and record what is in it."""
    require(Verb.SETTLE_SPECIMENS, place=community_code(request))
    file = request.FILES.get("file")

    def write() -> str:
        if file is None:
            raise SealedUnreadable(reason="")
        try:
            receipts = take_file(file.read())
        except DeviceRefused as error:
            raise SealedUnreadable(reason="") from error
        finally:
            switch_actor(acting(request))  # the file was recorded as its own phone
        counted = Counter(r.state for r in receipts)
        told = {"n": len(receipts), "held": counted["held"], "flagged": counted["flagged"]}
        return gettext("Taken: %(n)s entries, %(flagged)s flagged, %(held)s held.") % told

    return done(request, write, "{0}", back="/rounds/sealed/")
