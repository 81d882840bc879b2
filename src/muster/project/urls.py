"""Every address. Pages are in `web`; nothing else is served."""

from django.conf import settings
from django.urls import include, path
from django_prometheus.exports import ExportToDjangoView

from muster.web import health
from muster.web.api.root import api
from muster.web.lab.results import results
from muster.web.sync.doors import doors
from muster.web.sync.enrol import enrol
from muster.web.sync.kits import kits
from muster.web.sync.lane import lane, recorded
from muster.web.sync.records import records
from muster.web.sync.sealed import sealed

urlpatterns = [
    path("api/sync/records", records, name="sync-records"),
    path("api/sync/enrol", enrol, name="sync-enrol"),
    path("api/sync/lane", lane, name="sync-lane"),
    path("api/sync/doors", doors, name="sync-doors"),
    path("api/sync/kits", kits, name="sync-kits"),
    path("api/sync/filter", recorded, name="sync-filter"),
    path("api/sync/sealed", sealed, name="sync-sealed"),
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
