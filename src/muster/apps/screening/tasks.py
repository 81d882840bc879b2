"""Jobs of `screening`."""

from procrastinate.contrib.django import app

from muster.apps.audit.actions import as_system
from muster.apps.screening.actions.tallies import refresh_tallies


@app.periodic(cron="* * * * *")
@app.task(name="screening.refresh_tallies", queueing_lock="screening.refresh_tallies")
def refresh(timestamp: int) -> int:
    """Count the rounds that are under way."""
    with as_system("tallies"):
        return refresh_tallies()
