"""``GET /api/sync/doors``: the door list of a pair that walks without a network."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET

from muster.apps.screening.queries.lane import phone_at_work
from muster.apps.screening.queries.walks import walk_slice
from muster.web import fields
from muster.web.sync.answers import answering, unless_known
from muster.web.sync.records import device_token


@require_GET
@gzip_page
@answering
def doors(request: HttpRequest) -> HttpResponse:
    """What may be walked; with ``?at=`` who is missing there, in walking order."""
    with phone_at_work(device_token(request)) as device:
        body = walk_slice(device, fields.numbers(request.GET, "at")[:20])
    return unless_known(request, body)
