"""Records that could not be judged: say who it was, or void them."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_noop

from muster.apps.people.queries.access import require
from muster.apps.people.queries.people import search
from muster.apps.screening.actions import accept_record, void_record
from muster.apps.screening.queries.desk import doubtful_records
from muster.protocols.access import Verb
from muster.web import fields
from muster.web.desk.page import community_code, done, page, posted
from muster.web.desk.people import lines
from muster.web.desk.rounds import chosen_round
from muster.web.desk.settled import lately, undo_of
from muster.web.reach import Reach

FLAGGED = gettext_noop(
    "This person was recorded before in this round: both stay, and this one is flagged. Void the"
    " one that is not theirs."
)


@page(Verb.SETTLE_SPECIMENS, community=True)
def held(request: HttpRequest, reach: Reach) -> HttpResponse:
    """Held records first, then the flagged ones."""
    round_ = chosen_round(request, reach)
    state = request.GET.get("state", "")
    context: dict[str, Any] = {"reach": reach, "round": round_, "state": state, "records": []}
    if round_ is not None:
        context["records"] = doubtful_records(round_.id, state=state)
        context |= lately(reach)
    return render(request, "desk/held.html", context)


@page(Verb.SETTLE_SPECIMENS)
def candidates(request: HttpRequest, reach: Reach, round_id: UUID, record: UUID) -> HttpResponse:
    """Whom the record may be about: found by the search text."""
    text = request.GET.get("q", "").strip()
    rows = list(search(text)[:8]) if text else []
    context = {"rows": lines(rows), "round": round_id, "record": record, "q": text}
    return render(request, "desk/held_people.html", context)


@posted
def accept(request: HttpRequest, round_id: UUID, record: UUID) -> HttpResponse:
    """It counts, for this person."""
    person = fields.key(request.POST, "person") if request.POST.get("person") else None
    tube = fields.text(request.POST, "tube")

    def write() -> str:
        settled = accept_record(round_id=round_id, record=record, person=person, tube=tube)
        return gettext(FLAGGED) if settled.state == "flagged" else gettext("It counts now.")

    return done(request, write, "{0}", undo=lambda: undo_of(round_id, record))


@posted
def void(request: HttpRequest, round_id: UUID, record: UUID) -> HttpResponse:
    """It does not count."""
    require(Verb.SETTLE_SPECIMENS, place=community_code(request))
    reason = fields.text(request.POST, "reason") or gettext("Voided at the desk")
    said = gettext("Void. It stays on record and does not count.")

    def write() -> object:
        return void_record(round_id=round_id, record=record, reason=reason)

    return done(request, write, said, undo=lambda: undo_of(round_id, record))
