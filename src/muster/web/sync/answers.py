"""What every call of a phone answers when it cannot do as it is asked, and answers that a phone
may have already."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

import msgspec
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from muster.apps.screening.errors import DeviceRefused, DeviceRevoked
from muster.apps.screening.queries.lane import content_mark
from muster.kernel import clock
from muster.kernel.errors import MusterError, Unavailable
from muster.web.problems import problem_json

Edge = Callable[[HttpRequest], HttpResponse]
STATUS: dict[type[MusterError], int] = {DeviceRefused: 401, DeviceRevoked: 410}
_encoder = msgspec.json.Encoder()


def answering(edge: Edge) -> Edge:
    """Errors as problem+json: 401 not enrolled, 410 revoked, 503 the database is busy."""

    @csrf_exempt
    @wraps(edge)
    def handle(request: HttpRequest) -> HttpResponse:
        try:
            return edge(request)
        except MusterError as error:
            response = problem_json(error)
            response.status_code = STATUS.get(type(error), response.status_code)
            return response
        except OperationalError:
            return problem_json(Unavailable(retry_after=3))

    return handle


def as_json(body: object) -> HttpResponse:
    """An answer that nobody keeps on the way."""
    response = HttpResponse(_encoder.encode(body), content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


def unless_known(request: HttpRequest, body: Mapping[str, Any]) -> HttpResponse:
    """The body with its ETag and the time, or 304 where the phone has it. The mark is of the body
    alone: the time runs on without it. (Compressing an answer makes its mark a weak one.)"""
    mark = content_mark(_encoder.encode(body))
    known = request.headers.get("If-None-Match", "").removeprefix("W/") == mark
    response = HttpResponse(status=304) if known else as_json({**body, "now": clock.now()})
    response.headers["ETag"] = mark
    response.headers["Cache-Control"] = "private, no-cache"
    return response
