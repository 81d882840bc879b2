"""Jobs of `people`."""

from procrastinate.contrib.django import app

from muster.apps.audit.actions import as_system
from muster.apps.people.actions import end_expired_accounts


@app.periodic(cron="*/5 * * * *")
@app.task(name="people.end_expired_accounts", queueing_lock="people.end_expired_accounts")
def end_expired(timestamp: int) -> int:
    """Close surge accounts whose time is over."""
    with as_system("expired accounts"):
        return end_expired_accounts()
