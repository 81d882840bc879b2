"""Chinese or English, kept in a cookie."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from muster.web.middleware import same_site


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language and go back to where the reader was."""
    chosen = request.POST.get("language", "")
    back = request.POST.get("next", "/")
    response = HttpResponseRedirect(back if same_site(back) else "/")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, chosen, max_age=365 * 86400, samesite="Lax",
            httponly=True, secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    return response
