"""Jobs of `kits`."""

from procrastinate.contrib.django import app

from muster.apps.audit.actions import as_system
from muster.apps.kits.actions.zoned import open_zone_series
from muster.kernel import clock


@app.periodic(cron="23 * * * *")
@app.task(name="kits.open_zone_series", queueing_lock="kits.open_zone_series")
def open_series_of_zones(timestamp: int) -> int:
    """Open the series that zones ask for; how many."""
    with as_system("zones"):
        return len(open_zone_series(at=clock.now()))
