"""Jobs of `notices`; actions enqueue them by name."""

from uuid import UUID

from procrastinate.contrib.django import app

from muster.apps.notices.actions import deliver


@app.task(name="notices.deliver", queue="notices", retry=5)
def deliver_notice(notice_id: str) -> int:
    """Deliver a notice; a retry goes on where it stopped."""
    return deliver(notice_id=UUID(notice_id))
