"""Which place a page is about: chosen by the reader within the reach of his grants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest

from muster.apps.communities.queries.places import place_with_code
from muster.apps.people.errors import NotAllowed
from muster.kernel.divisions import code_range
from muster.protocols.actors import Actor

if TYPE_CHECKING:
    from muster.apps.communities.models import Place


@dataclass(frozen=True, slots=True)
class Reach:
    """A place and the range of codes below it."""

    place: Place
    low: int
    high: int

    @property
    def is_community(self) -> bool:
        """Whether this is one community, not a street, district or city."""
        return self.place.kind == "community"


def home_area(request: HttpRequest) -> int | None:
    """The 12-digit code at the top of what the actor reaches."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return min((low for low, _ in actor.places), default=None)


def reach_of_page(request: HttpRequest) -> Reach:
    """The place of `?place=<code>`, else the top of the actor's reach.

    Raises `NotAllowed` outside of it, `PlaceNotFound`.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    chosen = request.GET.get("place", "")
    code = int(chosen) if chosen.isdigit() else home_area(request)
    if code is None or not any(low <= code <= high for low, high in actor.places):
        raise NotAllowed(verb="view")
    place = place_with_code(code)
    return Reach(place, *code_range(code))
