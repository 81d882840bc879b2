"""The writes of `kits`."""

from muster.apps.kits.actions.issues import issue_kits, undo_issue
from muster.apps.kits.actions.links import (
    household_link,
    read_household_link,
    revoke_household_link,
)
from muster.apps.kits.actions.results import (
    NewResult,
    enter_result,
    report_result,
    settle_follow_up,
)
from muster.apps.kits.actions.series import close_series, open_series
from muster.apps.kits.actions.stock import book_out, count_lot, receive_kits
from muster.apps.kits.actions.zoned import open_zone_series

__all__ = [
    "NewResult",
    "book_out",
    "close_series",
    "count_lot",
    "enter_result",
    "household_link",
    "issue_kits",
    "open_series",
    "open_zone_series",
    "read_household_link",
    "receive_kits",
    "report_result",
    "revoke_household_link",
    "settle_follow_up",
    "undo_issue",
]
