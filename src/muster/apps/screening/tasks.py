"""Jobs of `screening`."""

from procrastinate.contrib.django import app

from muster.apps.audit.actions import as_system
from muster.apps.screening.actions.enrolment import forget_enrolments
from muster.apps.screening.actions.settled import forget_words
from muster.apps.screening.actions.tallies import refresh_tallies


@app.periodic(cron="* * * * *")
@app.task(name="screening.refresh_tallies", queueing_lock="screening.refresh_tallies")
def refresh(timestamp: int) -> int:
    """Count the rounds that are under way."""
    with as_system("tallies"):
        return refresh_tallies()


@app.periodic(cron="17 * * * *")
@app.task(name="screening.forget_enrolments", queueing_lock="screening.forget_enrolments")
def forget(timestamp: int) -> dict[str, int]:
    """Old enrolment codes and counts of tries go; words that nobody needs for an undo."""
    with as_system("enrolment"):
        return forget_enrolments() | {"words": forget_words()}
