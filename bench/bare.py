"""The bare limit: the same body, the same server, the same INSERT, and nothing else: no access, no
receipts looked up, no clashes, no tubes, no audit."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from muster.apps.audit.actions import fast_lane
from muster.kernel import clock
from muster.protocols.actors import Actor
from muster.protocols.devices import DeviceToken
from muster.web.sync.batches import unpack
from muster.web.sync.records import device_token

INSERT = """
INSERT INTO screening_specimen (district, id, area, round, person, tube, "table", device, taken_at,
                                received_at, state, code, settled_by)
SELECT %(district)s::int, i.id, %(area)s::bigint, %(zero)s::uuid, i.person, i.tube,
       %(zero)s::uuid, %(device)s, i.taken, %(now)s, 'accepted', '', ''
FROM unnest(%(ids)s::uuid[], %(people)s::uuid[], %(tubes)s::text[], %(taken)s::timestamptz[])
     AS i(id, person, tube, taken) ON CONFLICT DO NOTHING RETURNING id
"""


@csrf_exempt
def bare(request: HttpRequest) -> HttpResponse:
    """Insert a batch and answer."""
    shown, records = DeviceToken.parse(device_token(request)), unpack(request).records
    values = {
        "district": shown.area // 1_000_000,
        "area": shown.area,
        "zero": "00000000-0000-0000-0000-000000000000",
        "device": shown.device,
        "now": clock.now(),
        "ids": [r.id for r in records],
        "people": [r.person for r in records],
        "tubes": [r.tube for r in records],
        "taken": [r.taken_at for r in records],
    }
    with fast_lane(Actor.device(shown.device, shown.area), INSERT, values) as lane:
        count = len(lane.cursor.fetchall())
    return HttpResponse(f'{{"count": {count}}}', content_type="application/json")
