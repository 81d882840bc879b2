"""Jobs of `communities`; actions enqueue them by name."""

from uuid import UUID

from procrastinate.contrib.django import app

from muster.apps.communities.actions.uploads import take_in_upload


@app.task(name="communities.take_in", queue="intake", retry=2)
def take_in(upload_id: str) -> str:
    """Read an uploaded spreadsheet and take its rows in."""
    return take_in_upload(upload=UUID(upload_id))
