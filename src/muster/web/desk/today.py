"""Today: what is short, what is silent, what is doubtful. The page the evening starts on."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from muster.apps.dashboards.queries import Within, figures_at
from muster.apps.dashboards.queries.today import Today, today_of
from muster.apps.people.queries.access import may
from muster.kernel import clock
from muster.protocols.access import Verb
from muster.web.desk import figures
from muster.web.desk.page import acting
from muster.web.navigation import chosen_place, navigation
from muster.web.reach import reach_of_page


def today(request: HttpRequest) -> HttpResponse:
    """The first page after log-in; who may not see it goes to his own."""
    if not request.user.is_authenticated:
        return redirect_to_login("/")
    elsewhere = own_page(request)
    if elsewhere:
        return redirect(elsewhere)
    reach = reach_of_page(request)
    found = today_of(reach.low, reach.high)
    values = figures_at(Within(reach.low, reach.high, clock.now()))
    context = {
        "reach": reach,
        "today": found,
        "figures": figures.of_values(request, values),
        "silent": found.call.bodies - found.call.acknowledged if found.call else 0,
        "doubtful": doubtful(request, found),
        **gaps_by_role(found),
    }
    return render(request, "desk/today.html", context)


def own_page(request: HttpRequest) -> str:
    """Where somebody belongs who does not run a place: his body's call, a list, his shifts."""
    actor = acting(request)
    places = [low for low, _ in actor.places]
    if places and may(Verb.VIEW_COVERAGE, place=min(places)):
        return ""
    verbs = {v.value for v in Verb if _may_somewhere(request, v)}
    items = [i.href for i in navigation(request, verbs) if i.href != "/"]
    if actor.person and not ({"view_call", "view_audit"} & verbs):
        return reverse("my-shifts")
    return next(iter(items), reverse("desk-bulletins"))


def _may_somewhere(request: HttpRequest, verb: Verb) -> bool:
    actor = acting(request)
    place = min((low for low, _ in actor.places), default=None)
    unit = min((low for low, _ in actor.units), default=None)
    return may(verb, place=place, unit=unit)


def gaps_by_role(found: Today) -> dict[str, Any]:
    """Empty seats by role, the most first, and in all."""
    count: Counter[str] = Counter()
    for gap in found.gaps:
        count[gap.shift.post.role] += gap.missing
    lines = [{"role": role, "missing": n} for role, n in count.most_common()]
    return {"gaps": lines, "seats": count.total()}


def doubtful(request: HttpRequest, found: Today) -> Iterable[dict[str, Any]]:
    """A card for each list that waits for a person."""
    place = chosen_place(request)
    cards = (
        (found.doubtful_rows, gettext("Rows of spreadsheets"), "desk-imports"),
        (found.doubtful_entries, gettext("Entries of chains"), "desk-chains"),
        (found.held_records, gettext("Held records"), "desk-held"),
        (found.held_changes, gettext("Held changes"), "desk-held-changes"),
        (found.kit_words, gettext("Words from doors with kits"), "desk-kit-phones"),
        (found.open_recalls, gettext("Recalls that are open"), "desk-recalls"),
        (found.no_shows, gettext("People who did not come"), "desk-board"),
    )
    return [{"count": n, "text": text, "href": reverse(name) + place} for n, text, name in cards]
