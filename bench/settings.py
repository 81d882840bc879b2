"""The product's settings with one route more: the bare limit that the sync endpoint is held to."""

from muster.project.settings.dev import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
