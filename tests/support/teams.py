"""The worker's part of a split, done at once."""

from muster.apps.audit.actions import as_system
from muster.apps.rosters.actions.team_searches import run_team_search
from muster.apps.rosters.models import TeamSearch, TeamSplit


def search_now(split: TeamSplit | None = None) -> TeamSplit:
    """Run the search that waits, of `split` or of the latest; the split with its teams."""
    with as_system("look"):
        waiting = TeamSearch.objects.filter(state__in=("queued", "stopping"))
        if split is not None:
            waiting = waiting.filter(split=split)
        search = waiting.latest("created_at")
    assert run_team_search(search=search.id) == "done"
    with as_system("look"):
        return TeamSplit.objects.get(id=search.split_id)
