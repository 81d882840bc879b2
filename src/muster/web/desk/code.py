"""The attendance code on the screen of a post: a new one every half minute."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from muster.apps.rosters.actions import attendance_code
from muster.apps.rosters.queries.rosters import post_of
from muster.kernel.errors import NotFound
from muster.web.desk.page import anybody
from muster.web.desk.qr import qr


@anybody
def code(request: HttpRequest, post: UUID) -> HttpResponse:
    """The page; htmx asks again every 20 seconds for the code alone. Raises `NotAllowed`."""
    found = post_of(post)
    if found is None:
        raise NotFound
    link = request.build_absolute_uri(reverse("check-in", args=[attendance_code(post=post)]))
    template = "desk/code_now.html" if getattr(request, "htmx", False) else "desk/code.html"
    response = render(request, template, {"post": found, "code": qr(link, scale=9)})
    response.headers["Cache-Control"] = "no-store"
    return response
