"""The small city with a night in it, and a browser session for each of its people."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.support.city import SmallCity
from tests.support.life import live

Enter = Callable[[str], Client]


@pytest.fixture
def lived(city: SmallCity) -> tuple[SmallCity, dict[str, object]]:
    """The city and the keys of what was lived in it."""
    return city, live(city)


@pytest.fixture
def enter(lived: tuple[SmallCity, dict[str, object]]) -> Enter:
    """Log in as ``secretary``, ``other``, ``hq``, ``contact``."""
    return log_in


def log_in(username: str) -> Client:
    """A client that is logged in."""
    from muster.apps.audit.actions import as_system
    from muster.apps.people.models import Account

    client = Client()
    with as_system("test"):
        client.force_login(
            Account.objects.get(username=username),
            backend="django.contrib.auth.backends.ModelBackend",
        )
    return client
