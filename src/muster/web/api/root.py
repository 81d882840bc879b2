"""The API and its routers; errors become problem+json in `web.problems`."""

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.security import django_auth

from muster.kernel.errors import MusterError
from muster.web.api.bulletins import router as bulletins
from muster.web.api.calls import router as calls
from muster.web.api.figures import router as figures
from muster.web.api.screening import router as screening
from muster.web.api.zones import router as zones
from muster.web.problems import problem_json

api = NinjaAPI(
    title="Muster",
    version="1",
    description="Read what the pages show. Log in as on the desk; rows outside your reach do not"
    " exist for you. Phones send records to /api/sync/records (docs/reference/sync.md).",
    auth=django_auth,
    urls_namespace="api",
)
api.add_router("/figures", figures, tags=["figures"])
api.add_router("/rounds", screening, tags=["screening"])
api.add_router("/calls", calls, tags=["calls"])
api.add_router("/zones", zones, tags=["zones"])
api.add_router("/bulletins", bulletins, tags=["bulletins"])


@api.exception_handler(MusterError)
def on_muster_error(request: HttpRequest, error: MusterError) -> HttpResponse:
    """Every error of ours, as problem details."""
    return problem_json(error)
