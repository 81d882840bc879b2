"""Every address. Pages are in `web`; nothing else is served."""

from django.conf import settings
from django.urls import include, path
from django_prometheus.exports import ExportToDjangoView

from muster.web import health
from muster.web.api.root import api
from muster.web.lab.results import results
from muster.web.sync.records import records

urlpatterns = [
    path("api/sync/records", records, name="sync-records"),
    path("api/lab/results", results, name="lab-results"),
    path("api/v1/", api.urls),
    path("healthz", health.healthz, name="healthz"),
    path("metrics", ExportToDjangoView, name="metrics"),
    path("accounts/", include("allauth.urls")),
    path("", include("muster.web.phone.urls")),
    path("", include("muster.web.urls")),
]
if settings.MUSTER_DEMO:
    urlpatterns.append(path("demo/", include("muster.web.demo_urls")))
