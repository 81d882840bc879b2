"""A personal link: a signed person id, kept in a cookie. Phone first, account later."""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from muster.apps.audit.actions import switch_actor
from muster.apps.calls.errors import LinkSpent
from muster.apps.people.queries.access import person_actor

COOKIE = "muster_me"
DAYS = 30
_signer = signing.TimestampSigner(salt="person")


def personal_token(person: UUID) -> str:
    """The token of somebody's own pages."""
    return _signer.sign(person.hex).replace(":", "~")


def person_of_token(token: str) -> UUID:
    """The person of a token. Raises `LinkSpent`."""
    try:
        return UUID(_signer.unsign(token.replace("~", ":"), max_age=DAYS * 86400))
    except (signing.BadSignature, ValueError) as error:
        raise LinkSpent(reason="") from error


def remember(response: HttpResponse, person: UUID) -> HttpResponse:
    """Keep the personal link on this phone."""
    response.set_cookie(
        COOKIE, personal_token(person), max_age=DAYS * 86400, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def become(request: HttpRequest) -> UUID:
    """Go on as the person of this phone: the account's, else the cookie's. Raises `LinkSpent`."""
    actor = request.actor  # type: ignore[attr-defined]
    if actor.person is not None:
        return UUID(str(actor.person))
    person = person_of_token(request.COOKIES.get(COOKIE, ""))
    switch_actor(person_actor(person))
    return person
