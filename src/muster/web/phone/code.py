"""A resident's own code on his own phone: no account, a signed link; new every few minutes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster.apps.audit.actions import as_system
from muster.apps.communities.queries.homes import family_of
from muster.apps.people.queries.people import person_of
from muster.apps.screening.actions import screen_code
from muster.web.desk.qr import qr
from muster.web.phone.person import become, person_of_token, remember


def enter(request: HttpRequest, token: str) -> HttpResponse:
    """A personal link to the code: remembered, and out of the address bar at once."""
    return remember(redirect("my-code"), person_of_token(token))


def my_code(request: HttpRequest) -> HttpResponse:
    """The code of one person, or with `?family=1` of everybody behind the same door. htmx asks
    again each minute for the code alone. Raises `LinkSpent`."""
    person = person_of(become(request))
    with as_system("family code"):
        family = family_of(person.id)
    whole = request.GET.get("family") == "1" and len(family) > 1
    text, expires = screen_code(persons=[r.person for r in family] if whole else [person.id])
    context = {
        "person": person,
        "family": family,
        "whole": whole,
        "code": qr(text, scale=6),
        "expires": expires,
    }
    name = "phone/code_now.html" if getattr(request, "htmx", False) else "phone/code.html"
    response = render(request, name, context)
    response.headers["Cache-Control"] = "no-store"
    return response
