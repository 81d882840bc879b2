"""A resident's own code on his own phone: no account, a signed link; new every few minutes.

The link opens the code and nothing else: who passes it on from the desk could otherwise act as that
person on his other pages.
"""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster.apps.audit.actions import as_system, switch_actor
from muster.apps.calls.errors import LinkSpent
from muster.apps.communities.queries.homes import family_of
from muster.apps.people.queries.access import person_actor
from muster.apps.people.queries.people import person_of
from muster.apps.screening.actions import screen_code
from muster.web.desk.qr import qr
from muster.web.phone.person import become

COOKIE = "muster_code"
SECONDS = 180 * 86400
_signer = signing.TimestampSigner(salt="code")


def code_token(person: UUID) -> str:
    """The token of somebody's code page."""
    return _signer.sign(person.hex).replace(":", "~")


def _person_of_code(token: str) -> UUID:
    """The person of a token. Raises `LinkSpent`."""
    try:
        return UUID(_signer.unsign(token.replace("~", ":"), max_age=SECONDS))
    except (signing.BadSignature, ValueError) as error:
        raise LinkSpent(reason="") from error


def enter(request: HttpRequest, token: str) -> HttpResponse:
    """A link to the code: remembered, and out of the address bar at once."""
    _person_of_code(token)
    response = redirect("my-code")
    response.set_cookie(
        COOKIE, token, max_age=SECONDS, httponly=True, samesite="Lax", path="/me/code/",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def _who(request: HttpRequest) -> UUID:
    """Whose code: the link's, else the person's of this phone. Raises `LinkSpent`."""
    if COOKIE not in request.COOKIES:
        return become(request)
    person = _person_of_code(request.COOKIES[COOKIE])
    switch_actor(person_actor(person))
    return person


def my_code(request: HttpRequest) -> HttpResponse:
    """The code of one person, or with `?family=1` of everybody behind the same door. htmx asks
    again each minute for the code alone. Raises `LinkSpent`."""
    person = person_of(_who(request))
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
