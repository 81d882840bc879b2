"""Today: what is short, what is silent, what is doubtful. The page the evening starts on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster.apps.dashboards.queries import Within, figures_at
from muster.apps.dashboards.queries.today import today_of
from muster.kernel import clock
from muster.web.reach import reach_of_page


def today(request: HttpRequest) -> HttpResponse:
    """The first page after log-in; who has no place goes to his own."""
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.grants:
        return redirect("my-shifts" if actor.person else "account_login")
    if not actor.places:
        return redirect("desk-call")
    reach = reach_of_page(request)
    return render(
        request,
        "desk/today.html",
        {
            "reach": reach,
            "today": today_of(reach.low, reach.high),
            "values": figures_at(Within(reach.low, reach.high, clock.now())),
        },
    )
