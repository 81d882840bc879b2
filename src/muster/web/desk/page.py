"""What every desk page does first and last: who asks, for which place; what the write answered."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from muster.apps.communities.queries.places import communities_in
from muster.apps.people.queries.access import require
from muster.kernel.errors import Conflict, Invalid, NotFound
from muster.protocols.access import Verb
from muster.protocols.actors import Actor
from muster.web.middleware import same_site
from muster.web.problems import text_of
from muster.web.reach import Reach, home_area, reach_of_page

Page = Callable[..., HttpResponse]
Undo = str | Callable[[], str]


def acting(request: HttpRequest) -> Actor:
    """Who asks."""
    actor: Actor = request.actor  # type: ignore[attr-defined] # set by the middleware
    return actor


def unit_of(request: HttpRequest) -> int | None:
    """The unit that the actor answers for, if any."""
    units = acting(request).units
    return units[0][0] if units else None


def page(verb: Verb, *, community: bool = False) -> Callable[[Page], Page]:
    """A page about one place: the view gets the request and its `Reach`. With `community` a wider
    reach is first asked which community it means. Raises `NotAllowed`, `PlaceNotFound`."""

    def wrap(view: Page) -> Page:
        @wraps(view)
        def handle(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            reach = reach_of_page(request)
            require(verb, place=reach.place.area, unit=unit_of(request))
            if community and not reach.is_community:
                return choose(request, reach)
            return view(request, reach, *args, **kwargs)

        return handle

    return wrap


def choose(request: HttpRequest, reach: Reach) -> HttpResponse:
    """Ask which community the page is about."""
    found = communities_in(reach.low, reach.high)
    return render(request, "desk/choose.html", {"reach": reach, "communities": found})


def anybody(view: Page) -> Page:
    """A page for whoever is logged in; the view itself asks for the verb."""

    @wraps(view)
    def handle(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return handle


def posted(view: Page) -> Page:
    """A write: POST only, by somebody who is logged in. The action asks for the verb."""
    return require_POST(anybody(view))


def done(
    request: HttpRequest,
    write: Callable[[], object],
    said: str,
    *,
    undo: Undo = "",
    back: str = "/",
) -> HttpResponse:
    """Run a write and go back with what was done, or with why it was not; nothing half done stays.

    undo: the address that takes it back, also one that is known only afterwards. Raises `Refused`
    and `NotFound`: they have their page.
    """
    try:
        with transaction.atomic():
            result = write()
        text = said.format(result) if "{" in said else said
        address = undo.format(result) if isinstance(undo, str) else undo()
        messages.success(request, text, extra_tags=address)
    except (Invalid, Conflict) as error:
        messages.error(request, text_of(error))
    except ObjectDoesNotExist as error:
        raise NotFound from error
    return redirect(way_back(request, back))


def way_back(request: HttpRequest, otherwise: str = "/") -> str:
    """Where the form was, if it stays on this site."""
    back = request.POST.get("next", "")
    return back if same_site(back) else otherwise


def came_from(request: HttpRequest) -> str:
    """The address of the page into which a part of it is asked for."""
    parts = urlsplit(request.headers.get("HX-Current-URL", "/board/"))
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def community_code(request: HttpRequest) -> int:
    """The code of the community that a posted form is about."""
    chosen = request.POST.get("place", "") or request.GET.get("place", "")
    code = int(chosen) if chosen.isdigit() else home_area(request)
    if code is None:
        raise NotFound
    return code
