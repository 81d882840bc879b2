"""The product's addresses and the bare endpoint."""

from django.urls import path

from bench.bare import bare
from muster.project.urls import urlpatterns as product

urlpatterns = [path("api/sync/bare", bare), *product]
