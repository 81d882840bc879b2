"""One-click log-ins of the demo city. Routed in demo mode only."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from muster.apps.audit.actions import as_system
from muster.apps.people.queries.access import demo_account


@require_POST
def enter(request: HttpRequest, persona: str) -> HttpResponse:
    """Log in as a persona of the demo."""
    if not settings.MUSTER_DEMO:
        raise Http404
    with as_system("demo log-in"):
        account = demo_account(persona)
        if account is None:
            raise Http404
        login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("/")


urlpatterns = [path("enter/<slug:persona>", enter, name="demo-enter")]
