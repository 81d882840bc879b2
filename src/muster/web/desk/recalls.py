"""Recalls: who is held at home for the re-test, by the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from muster.apps.communities.queries.homes import homes_now
from muster.apps.people.queries.people import reach_of
from muster.apps.screening.actions import settle_recall
from muster.apps.screening.queries.desk import recalls_within
from muster.apps.screening.queries.rounds import RECALL_STATES
from muster.kernel import clock
from muster.kernel.errors import Invalid
from muster.protocols.access import Verb
from muster.web.desk.kit_follow_ups import positive_kits
from muster.web.desk.page import done, page, posted
from muster.web.lists import listed
from muster.web.reach import Reach

if TYPE_CHECKING:
    from muster.apps.screening.models import Recall


class StateUnknown(Invalid):
    """There is no such state: {state}"""

    code = "recall_state_unknown"


@page(Verb.RECALL)
def recalls(request: HttpRequest, reach: Reach) -> HttpResponse:
    """Open recalls, the next one due on top."""
    everything = request.GET.get("all") == "1"
    found = recalls_within(low=reach.low, high=reach.high, open_only=not everything)
    rows = listed(request, found)
    persons = [r.person_id for r in rows.page]
    context = {
        "reach": reach,
        "list": rows,
        "all": everything,
        "kits": positive_kits(reach, everything=everything),
        "homes": homes_now(persons),
        "phones": {p.id: p.phone for p in reach_of(persons)},
        "now": clock.now(),
    }
    return render(request, "desk/recalls.html", context)


@posted
def settle(request: HttpRequest, recall: UUID) -> HttpResponse:
    """Sampled, released, or positive."""
    state = request.POST.get("state", "")

    def write() -> Recall:
        if state not in RECALL_STATES:
            raise StateUnknown(state=state, reason="")
        return settle_recall(recall=recall, state=state)

    return done(request, write, gettext("Kept."))
