"""A real deployment behind a proxy: `MUSTER_HTTPS=1`, `DATABASE_URL` and `MUSTER_SECRET` set."""

from muster.project.settings.base import *  # noqa: F403
from muster.project.settings.base import ENV

if not ENV.database_url:
    raise RuntimeError("set DATABASE_URL: a deployment does not use the embedded database")
