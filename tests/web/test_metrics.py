"""Metrics count by route, never by path: paths carry tokens."""

import pytest
from django.test import Client
from prometheus_client import REGISTRY

from muster.web.metrics import REQUESTS


@pytest.mark.django_db
def test_a_request_is_counted_by_its_route() -> None:
    labels = {"method": "GET", "route": "s/<str:token>/", "status": "422"}
    before = REGISTRY.get_sample_value("muster_requests_total", labels) or 0
    Client().get("/s/not-a-token/")
    assert REGISTRY.get_sample_value("muster_requests_total", labels) == before + 1
    assert not any("not-a-token" in str(s.labels) for m in REQUESTS.collect() for s in m.samples)
