"""`muster.apps.people.tasks` runs by the clock and closes only what has run out."""

from datetime import timedelta

from muster.apps.audit.actions import as_system
from muster.apps.people.models import Account
from muster.apps.people.tasks import end_expired
from muster.kernel import clock
from tests.support.city import SmallCity


def test_only_what_has_run_out(city: SmallCity) -> None:
    now = clock.now()
    with as_system("test"):
        for username, at in (("contact", now), ("other", now + timedelta(hours=1))):
            Account.objects.filter(username=username).update(expires_at=at)
    assert end_expired(timestamp=0) == 1
    with as_system("look"):
        assert [a.username for a in Account.objects.filter(is_active=False)] == ["contact"]
