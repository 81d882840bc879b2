"""``GET /api/sync/lane`` and ``/filter``: what a phone keeps so that it needs no server."""

import base64

from django.http import HttpRequest, HttpResponse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET

from muster.apps.screening.actions import sealing_key, signing_key
from muster.apps.screening.queries.lane import lane_slice, phone_at_work, recorded_filter
from muster.web.sync.answers import answering, unless_known
from muster.web.sync.records import device_token


@require_GET
@gzip_page
@answering
def lane(request: HttpRequest) -> HttpResponse:
    """Round, table, keys and the slice of the roll."""
    with phone_at_work(device_token(request)) as device:
        signing_key()
        sealing = sealing_key(round_id=device.round_id)
        body = lane_slice(device) | {"sealing": {"id": sealing.id, "jwk": sealing.public}}
    return unless_known(request, body)


@require_GET
@answering
def recorded(request: HttpRequest) -> HttpResponse:
    """Who has been recorded already."""
    with phone_at_work(device_token(request)) as device:
        salt, entries = recorded_filter(device)
    packed = {name: base64.b64encode(raw).decode() for name, raw in
              (("salt", salt), ("entries", entries))}  # fmt: skip
    return unless_known(request, packed)
