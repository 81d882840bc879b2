"""The writes of `communities`."""

from muster.apps.communities.actions.places import NewPlace, register_places
from muster.apps.communities.actions.residents import Arrival, merge_residents, move_in
from muster.apps.communities.actions.rolls import Imported, import_roll
from muster.apps.communities.actions.settle import dismiss_row, reopen_row, settle_row

__all__ = [
    "Arrival",
    "Imported",
    "NewPlace",
    "dismiss_row",
    "import_roll",
    "merge_residents",
    "move_in",
    "register_places",
    "reopen_row",
    "settle_row",
]
