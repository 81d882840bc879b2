"""The batch endpoint: what was done at a table, at doors, with kits in, a receipt each out.

``POST /api/sync/records``, as docs/reference/sync.md has it. 401: the phone is not enrolled. 422:
the batch as a whole cannot be read; nothing of it was taken. 503 with Retry-After: send it again
later.
"""

from collections import Counter

import msgspec
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from muster.apps.screening.actions import take_batch
from muster.apps.screening.errors import DeviceRefused
from muster.kernel import clock
from muster.kernel.errors import MusterError, Unavailable
from muster.web.metrics import RECORDS
from muster.web.problems import problem_json
from muster.web.sync.batches import unpack

_encoder = msgspec.json.Encoder()


def device_token(request: HttpRequest) -> str:
    """The token of the Authorization header. Raises `DeviceRefused`."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Device" or not token:
        raise DeviceRefused
    return token.strip()


@csrf_exempt
@require_POST
def records(request: HttpRequest) -> HttpResponse:
    """Take a batch."""
    try:
        token, batch = device_token(request), unpack(request)
        receipts = take_batch(
            token=token,
            records=batch.records,
            changes=batch.changes,
            closings=batch.closings,
            visits=batch.visits,
            kits=batch.kits,
        )
    except DeviceRefused as error:
        response = problem_json(error)
        response.status_code = 401
        return response
    except MusterError as error:
        return problem_json(error)
    except OperationalError:
        return problem_json(Unavailable(retry_after=3))
    for state, count in Counter(r.state for r in receipts).items():
        RECORDS.labels(state).inc(count)
    body = {"receipts": receipts, "now": clock.now()}
    return HttpResponse(_encoder.encode(body), content_type="application/json")
