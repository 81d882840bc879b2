"""The writes of `communities`."""

from muster.apps.communities.actions.places import NewPlace, register_places
from muster.apps.communities.actions.residents import Arrival, move_in
from muster.apps.communities.actions.rolls import import_roll
from muster.apps.communities.actions.settle import dismiss_row, settle_row

__all__ = [
    "Arrival",
    "NewPlace",
    "dismiss_row",
    "import_roll",
    "move_in",
    "register_places",
    "settle_row",
]
