"""The queue: which tasks exist, which run by the clock. Every name here resolves (a test)."""

from procrastinate import App

TASKS = (
    "muster.apps.communities.tasks",
    "muster.apps.kits.tasks",
    "muster.apps.notices.tasks",
    "muster.apps.people.tasks",
    "muster.apps.rosters.tasks",
    "muster.apps.screening.tasks",
)


def on_ready(app: App) -> None:
    """Import every task module so that names resolve."""
    app.import_paths = [*app.import_paths, *TASKS] if app.import_paths else list(TASKS)
