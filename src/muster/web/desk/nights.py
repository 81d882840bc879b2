"""The starts of one night's rounds, moved as suggested."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from muster.apps.screening.actions import move_start
from muster.apps.screening.queries.nights import night_of
from muster.web.desk.page import done, posted


@posted
def move(request: HttpRequest, plan: UUID) -> HttpResponse:
    """This planned round, or all of the night, start as suggested. Nothing is opened by that."""
    everyone = request.POST.get("all") == "1"

    def write() -> str:
        moving = [r for r in night_of(plan).rounds if r.moves and (everyone or r.plan == plan)]
        for each in moving:
            move_start(plan=each.plan, starts_at=each.suggested)
        if not moving:
            return gettext("Every round starts as suggested already.")
        said = ngettext("%(n)s start moved.", "%(n)s starts moved.", len(moving))
        return said % {"n": len(moving)}

    return done(request, write, "{0}", back=reverse("desk-round-plan", args=[plan]))
