"""Jobs of `rosters`; actions enqueue them by name."""

from uuid import UUID

from procrastinate.contrib.django import app

from muster.apps.rosters.actions.searches import run_search
from muster.apps.rosters.actions.team_searches import run_team_search


@app.task(name="rosters.search", queue="planning")
def search(search_id: str) -> str:
    """Let the planner work on a draft."""
    return run_search(search=UUID(search_id))


@app.task(name="rosters.teams", queue="planning")
def teams(search_id: str) -> str:
    """Let the planner split a group."""
    return run_team_search(search=UUID(search_id))
