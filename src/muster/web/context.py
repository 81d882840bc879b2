"""What every page's frame needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from muster.kernel import clock
from muster.protocols.access import Verb, allows
from muster.web.navigation import navigation
from muster.web.reach import home_area


def frame(request: HttpRequest) -> dict[str, Any]:
    """Demo mode, the acting account's place, and what the menu shows."""
    actor = getattr(request, "actor", None)
    if actor is None or not actor.grants:
        return {"demo": settings.MUSTER_DEMO, "menu": set()}
    area = home_area(request)
    unit = actor.units[0][0] if actor.units else None
    now = clock.now()
    menu = {
        verb.value
        for verb in Verb
        if allows(actor.grants, verb, place_code=area, unit_code=unit, at=now)
    }
    return {
        "demo": settings.MUSTER_DEMO,
        "area": area,
        "menu": menu,
        "navigation": navigation(request, menu),
    }
