"""One transaction a request, as whoever asks; language; a log line without personal data."""

import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from muster.apps.audit.actions import act_as, switch_actor
from muster.apps.people.queries.access import account_of, actor_of
from muster.kernel import clock
from muster.kernel.errors import MusterError, NotFound
from muster.protocols.actors import Actor
from muster.web.metrics import REQUESTS, SECONDS
from muster.web.problems import problem_response

Handler = Callable[[HttpRequest], HttpResponseBase]
log = structlog.get_logger("muster.request")

# These begin their own transactions: devices, probes and files need no session.
OWN_TRANSACTION = ("/api/sync/", "/api/lab/", "/static/", "/healthz", "/metrics")
CLOCK_HEADER = "X-Muster-Clock"


def observe(get_response: Handler) -> Handler:
    """Log method, route, status and time: the route, never the path, because paths carry tokens."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        start = time.perf_counter()
        queries = Queries()
        with _rehearsal(request), connection.execute_wrapper(queries):
            response = get_response(request)
        took = (time.perf_counter() - start) * 1000
        match = request.resolver_match
        route = match.route if match else "unmatched"
        REQUESTS.labels(request.method, route, response.status_code).inc()
        SECONDS.labels(route).observe(took / 1000)
        log.info(
            "request",
            method=request.method,
            route=route,
            status=response.status_code,
            ms=round(took, 1),
        )
        response.headers["Server-Timing"] = f'app;dur={took:.1f}, db;desc="{queries.count}"'
        return response

    return handle


class Queries:
    """Counts the queries of one request."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        self.count += 1
        return execute(sql, params, many, context)


def _rehearsal(request: HttpRequest):  # type: ignore[no-untyped-def]
    """In demo mode a request may live at another time: the night is lived in a minute."""
    told = request.headers.get(CLOCK_HEADER) if settings.MUSTER_DEMO else None
    return clock.travel(datetime.fromisoformat(told)) if told else nullcontext()


def scope(get_response: Handler) -> Handler:
    """The request's transaction. It starts as the program, so that the session and the account can
    be read; `act` hands it to whoever asks. Rolled back on an error or a refusal."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(OWN_TRANSACTION):
            return get_response(request)
        with act_as(Actor.system("log-in")):
            response = get_response(request)
            if response.status_code >= 400:
                transaction.set_rollback(True)
            return response

    return handle


def act(get_response: Handler) -> Handler:
    """From here on the transaction belongs to the account that is logged in, or to nobody."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(OWN_TRANSACTION):
            return get_response(request)
        request.actor = _actor_of_session(request)  # type: ignore[attr-defined]
        if not request.path.startswith("/accounts/"):
            switch_actor(request.actor)  # type: ignore[attr-defined]
        return get_response(request)

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        told = NotFound() if isinstance(error, ObjectDoesNotExist) else error
        return problem_response(request, told) if isinstance(told, MusterError) else None

    handle.process_exception = process_exception  # type: ignore[attr-defined]
    return handle


def _actor_of_session(request: HttpRequest) -> Actor:
    """Whoever is logged in; nobody where the account has run out, whose session ends here."""
    if not request.user.is_authenticated:
        return Actor.nobody()
    account = account_of(request.user.pk)
    if account is None:
        request.session.flush()
        return Actor.nobody()
    return actor_of(account)


def language(get_response: Handler) -> Handler:
    """Chinese unless the visitor chose English; never guessed from the browser."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(OWN_TRANSACTION):
            return get_response(request)
        translation.activate(chosen_language(request))
        request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
        return get_response(request)

    return handle


def chosen_language(request: HttpRequest) -> str:
    """The language that the visitor chose, else the default."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def same_site(url: str) -> bool:
    """Whether a `next` address stays on this site."""
    return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
