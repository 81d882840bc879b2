"""``POST /api/sync/enrol``: a short-lived code from the desk becomes the token of a phone."""

import msgspec
from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from muster.apps.screening.actions import enrol_by_code
from muster.kernel.errors import Invalid
from muster.web.sync.answers import answering, as_json


class Shown(msgspec.Struct):
    """What a phone shows."""

    code: str
    label: str = ""


class EnrolmentUnreadable(Invalid):
    """The enrolment cannot be read: send code and label as JSON."""

    code = "enrolment_unreadable"


@require_POST
@answering
def enrol(request: HttpRequest) -> HttpResponse:
    """One phone for one table, one walk, or the doors of one series of kits."""
    try:
        shown = msgspec.json.decode(request.body, type=Shown)
    except msgspec.MsgspecError as error:
        raise EnrolmentUnreadable from error
    device, token = enrol_by_code(
        code="".join(shown.code.split())[:20],
        label=shown.label.replace("\0", ""),
        sender=get_adapter().get_client_ip(request),
    )
    answer = {"token": token, "device": device.id, "expires_at": device.expires_at}
    return as_json(answer | {"kind": device.kind})
