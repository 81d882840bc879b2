"""What every page's frame needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from muster.apps.people.queries.access import may
from muster.protocols.access import Verb
from muster.web.navigation import navigation
from muster.web.reach import home_area


def frame(request: HttpRequest) -> dict[str, Any]:
    """Demo mode, the acting account's place, and what the menu shows."""
    actor = getattr(request, "actor", None)
    if actor is None or not actor.grants:
        return {"demo": settings.MUSTER_DEMO, "menu": set()}
    area = home_area(request)
    unit = actor.units[0][0] if actor.units else None
    menu = {verb.value for verb in Verb if may(verb, place=area, unit=unit)}
    return {
        "demo": settings.MUSTER_DEMO,
        "area": area,
        "menu": menu,
        "navigation": navigation(request, menu),
    }
