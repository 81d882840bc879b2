"""Who is let in when too many come: records before rolls before pages.

Each kind of request has a gate: so many at work, so many waiting, for so long. Who finds the
waiting room full is told at once when to come again. The gates are smaller than the server's
threads together, so that no kind starves another, and records always find a thread. Nothing is
dropped that was taken: a request is turned away before it has begun, or it is answered.

A gate belongs to one server process; more processes are more gates.
"""

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.translation import get_language, override

from muster.kernel.errors import Unavailable
from muster.web.metrics import SHED
from muster.web.middleware import chosen_language
from muster.web.problems import problem_json

Handler = Callable[[HttpRequest], HttpResponseBase]


@dataclass(slots=True)
class Gate:
    """`places` at work, `room` waiting, each for `seconds` at most. Whoever is turned away is asked
    to come again after `again` seconds, spread out so that not all come at once."""

    name: str
    places: int
    room: int
    seconds: float
    again: tuple[int, int]
    _free: threading.Semaphore = field(init=False)
    _lock: threading.Lock = field(init=False, default_factory=threading.Lock)
    _waiting: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self._free = threading.Semaphore(self.places)

    @contextmanager
    def entered(self) -> Iterator[bool]:
        """Whether there was a place; it is given back at the end."""
        got = self._free.acquire(blocking=False) or self._wait()
        try:
            yield got
        finally:
            if got:
                self._free.release()

    def _wait(self) -> bool:
        with self._lock:
            if self._waiting >= self.room:
                return False
            self._waiting += 1
        try:
            return self._free.acquire(timeout=self.seconds)
        finally:
            with self._lock:
                self._waiting -= 1

    def come_again(self) -> int:
        """Seconds until the next try."""
        return random.randint(*self.again)  # noqa: S311 -- spreads load, keeps no secret


THREADS = 32
"""Threads of a server process: more than all who work or wait, so that one is always free to say
no. There is a database connection for each place at work (settings)."""

RECORDS = Gate("records", places=8, room=10, seconds=2.0, again=(1, 3))
ROLLS = Gate("rolls", places=2, room=4, seconds=2.0, again=(3, 10))
PAGES = Gate("pages", places=5, room=2, seconds=0.5, again=(2, 5))
GATES = (RECORDS, ROLLS, PAGES)

READING = ("/api/sync/lane", "/api/sync/filter", "/api/sync/doors", "/api/lab/")
"""Few and large, either way."""
OPEN = ("/static/", "/healthz", "/metrics")
"""Served without the database, or by whoever watches over this."""


def gate_of(path: str) -> Gate | None:
    """The gate that a request goes through."""
    if path.startswith(READING):
        return ROLLS
    if path.startswith("/api/sync/"):
        return RECORDS
    return None if path.startswith(OPEN) else PAGES


def admit(get_response: Handler) -> Handler:
    """Middleware: through the gate, or 503 with Retry-After."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        gate = gate_of(request.path)
        if gate is None:
            return get_response(request)
        with gate.entered() as got:
            if got:
                return get_response(request)
        SHED.labels(gate.name).inc()
        return busy(request, gate.come_again())

    return handle


def busy(request: HttpRequest, seconds: int) -> HttpResponse:
    """503 with Retry-After; a page loads itself again. It asks the database nothing."""
    if request.path.startswith("/api/"):
        return problem_json(Unavailable(retry_after=seconds))
    again = request.method in {"GET", "HEAD"}
    with override(chosen_language(request)):
        told = {"seconds": seconds, "again": again, "language": get_language()}
        page = render_to_string("busy.html", told)
    return HttpResponse(page, status=503, headers={"Retry-After": str(seconds)})
