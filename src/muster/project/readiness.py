"""What must be true before the night begins."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

from muster import policies
from muster.apps.audit.actions import as_system
from muster.apps.audit.queries import verify
from muster.apps.communities.queries.places import count_places
from muster.apps.people.queries.access import count_accounts
from muster.project import env as environment

DISK_NEEDED = 5 * 2**30


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, and how to mend it if it is not good."""

    good: bool
    what: str


def findings() -> Iterator[Finding]:
    """Everything that was looked at."""
    env = environment.read()
    yield Finding(bool(policies.load(env.policy)), f"policy {env.policy} is readable")
    yield Finding(
        staticfiles_storage.exists("desk.js"), "front-end assets are built (else: make setup)"
    )
    free = shutil.disk_usage(env.data).free
    yield Finding(free > DISK_NEEDED, f"{free / 2**30:.0f} GiB free on disk (5 needed)")
    with as_system("check"):
        yield Finding(count_places() > 0, "places are registered (else: import the city)")
        yield Finding(count_accounts() > 0, "there is an account (else: muster user add)")
        verdict = verify()
        yield Finding(not verdict.faults, f"audit chain of {verdict.lines:,} lines is whole")
    yield Finding(
        bool(settings.MUSTER_CHANNELS) or env.demo,
        "a message channel is configured (else set MUSTER_CHANNELS; nothing is sent now)",
    )
    yield Finding(env.https or env.demo, "MUSTER_HTTPS=1 behind TLS (else log-ins travel in clear)")
