"""The log-in page's own context, and the second factor that managers must have."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext

from muster.apps.audit.actions import as_system
from muster.apps.people.queries.access import demo_accounts
from muster.protocols.access import AccessRole
from muster.protocols.actors import Actor

Handler = Callable[[HttpRequest], HttpResponseBase]

MANAGERS = frozenset(
    {
        AccessRole.CITY_HQ,
        AccessRole.DISTRICT_HQ,
        AccessRole.STREET_OFFICE,
        AccessRole.COMMUNITY_SECRETARY,
        AccessRole.PLATFORM_ADMIN,
    }
)
OPEN = ("/accounts/", "/language", "/static/", "/healthz", "/metrics", "/api/")


def second_factor(get_response: Handler) -> Handler:
    """Outside the demo, whoever manages people's data sets up a second factor before anything."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        if settings.MUSTER_DEMO or request.path.startswith(OPEN) or not is_manager(request):
            return get_response(request)
        if not request.session.get("second_factor"):
            if not is_mfa_enabled(request.user):
                messages.error(request, gettext("Your role needs a second factor. Set it up now."))
                return redirect("mfa_activate_totp")
            request.session["second_factor"] = True
        return get_response(request)

    return handle


def is_manager(request: HttpRequest) -> bool:
    """Whether the acting account holds one of the roles that need it."""
    actor: Actor | None = getattr(request, "actor", None)
    return actor is not None and any(grant.role in MANAGERS for grant in actor.grants)


def doors_in(request: HttpRequest) -> dict[str, Any]:
    """For the log-in page: the demo's personas and the identity providers."""
    if request.path != "/accounts/login/":
        return {}
    context: dict[str, Any] = {"providers": providers(request)}
    if settings.MUSTER_DEMO:
        with as_system("demo log-in"):
            context["personas"] = demo_accounts()
    return context


def providers(request: HttpRequest) -> list[dict[str, str]]:
    """Identity providers that are configured, each with its way in."""
    found = get_adapter().list_providers(request)
    return [{"name": p.name, "href": p.get_login_url(request)} for p in found]
