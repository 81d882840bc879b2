"""The writes of `communities`."""

from muster.apps.communities.actions.corrections import correct_columns
from muster.apps.communities.actions.places import NewPlace, register_places
from muster.apps.communities.actions.residents import (
    Arrival,
    merge_residents,
    move_in,
    unmerge_residents,
)
from muster.apps.communities.actions.rolls import Imported, import_roll
from muster.apps.communities.actions.settle import dismiss_row, reopen_row, settle_row
from muster.apps.communities.actions.uploads import cancel_upload, receive_upload, take_file

__all__ = [
    "Arrival",
    "Imported",
    "NewPlace",
    "cancel_upload",
    "correct_columns",
    "dismiss_row",
    "import_roll",
    "merge_residents",
    "move_in",
    "receive_upload",
    "register_places",
    "reopen_row",
    "settle_row",
    "take_file",
    "unmerge_residents",
]
