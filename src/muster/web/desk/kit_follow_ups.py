"""Positive kits, beside the recalls: held at home for the re-test, by the clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from muster.apps.communities.queries.homes import homes_now
from muster.apps.kits.actions import settle_follow_up
from muster.apps.kits.queries.follow_ups import follow_ups_within, photo_of
from muster.apps.people.queries.people import reach_of
from muster.protocols.access import Verb
from muster.web.desk.page import done, page, posted
from muster.web.reach import Reach

if TYPE_CHECKING:
    from muster.apps.communities.queries.homes import Home
    from muster.apps.kits.models import KitFollowUp

MOST = 200


@dataclass(frozen=True, slots=True)
class PositiveKit:
    """A follow-up with where the person lives and is reached."""

    follow_up: KitFollowUp
    home: Home | None
    phone: str


def positive_kits(reach: Reach, *, everything: bool) -> list[PositiveKit]:
    """The positives of a place, the next one due on top."""
    found = list(follow_ups_within(low=reach.low, high=reach.high, open_only=not everything)[:MOST])
    persons = [f.person_id for f in found]
    homes, phones = homes_now(persons), {p.id: p.phone for p in reach_of(persons)}
    return [PositiveKit(f, homes.get(f.person_id), phones.get(f.person_id, "")) for f in found]


@posted
def settle(request: HttpRequest, follow_up: UUID) -> HttpResponse:
    """Sampled, released, or positive."""
    state = request.POST.get("state", "")
    return done(
        request,
        lambda: settle_follow_up(follow_up=follow_up, state=state),
        gettext("Kept."),
        back=reverse("desk-recalls"),
    )


@page(Verb.RECALL)
def photo(request: HttpRequest, reach: Reach, follow_up: UUID) -> HttpResponse:
    """The photo of a positive kit; kept by no cache, taken for nothing but a picture."""
    found = photo_of(follow_up)
    response = HttpResponse(bytes(found.content), content_type=found.media)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
