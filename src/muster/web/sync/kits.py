"""``GET /api/sync/kits``: the doors of a series for a pair that walks without a network."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET

from muster.apps.kits.actions import kit_sealing_key
from muster.apps.kits.queries.phones import kit_phone_at_work, kit_slice
from muster.web.sync.answers import answering, unless_known
from muster.web.sync.records import device_token


@require_GET
@gzip_page
@answering
def kits(request: HttpRequest) -> HttpResponse:
    """Series, stores and doors with who lives there."""
    with kit_phone_at_work(device_token(request)) as phone:
        sealing = kit_sealing_key(series=phone.series_id)
        body = kit_slice(phone) | {"sealing": {"id": sealing.id, "jwk": sealing.public}}
    return unless_known(request, body)
