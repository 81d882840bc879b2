"""A laboratory's own endpoint: results in, what became of each out.

``POST /api/lab/results`` with ``Authorization: Laboratory <key>``: a FHIR R4 bundle
(``Content-Type: application/fhir+json``), or ``{"results": [{"tube", "value", "at"}]}``. See
docs/reference/laboratory.md.
"""

from datetime import datetime

import msgspec
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from muster.apps.screening.actions import take_laboratory_results
from muster.apps.screening.errors import BatchMalformed, BatchTooLarge, LaboratoryRefused
from muster.gateways.laboratory import LaboratoryResult, read_bundle
from muster.kernel.errors import MusterError
from muster.web.problems import problem_json

LIMIT = 20_000
"""Results of one request."""


class _Result(msgspec.Struct, forbid_unknown_fields=True):
    tube: str
    value: str
    at: datetime | None = None


class _Results(msgspec.Struct, forbid_unknown_fields=True):
    results: list[_Result]


def parse(body: bytes, content_type: str) -> list[LaboratoryResult]:
    """The results of a request. Raises `BatchMalformed`, `BatchTooLarge`, `BundleUnreadable`."""
    if "fhir" in content_type:
        found = read_bundle(body)
    else:
        try:
            sent = msgspec.json.decode(body, type=_Results).results
        except msgspec.MsgspecError as error:
            raise BatchMalformed(reason=str(error)[:200]) from error
        found = [LaboratoryResult(r.tube.strip().upper(), r.value, r.at) for r in sent]
    if len(found) > LIMIT:
        raise BatchTooLarge(limit=LIMIT, count=len(found), reason="")
    return found


def laboratory_key(request: HttpRequest) -> str:
    """The key of the Authorization header. Raises `LaboratoryRefused`."""
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Laboratory" or not key:
        raise LaboratoryRefused
    return key.strip()


@csrf_exempt
@require_POST
def results(request: HttpRequest) -> HttpResponse:
    """Take results."""
    try:
        key = laboratory_key(request)
        found = parse(request.body, request.headers.get("Content-Type", ""))
        taken = take_laboratory_results(token=key, results=found)
    except LaboratoryRefused as error:
        response = problem_json(error)
        response.status_code = 401
        return response
    except MusterError as error:
        return problem_json(error)
    return HttpResponse(msgspec.json.encode({"results": taken}), content_type="application/json")
