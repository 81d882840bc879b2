"""The writes of `kits`."""

from muster.apps.kits.actions.held_words import (
    apply_kit_word,
    dismiss_kit_word,
    fetch_kits_back,
    reopen_kit_word,
)
from muster.apps.kits.actions.issues import issue_kits, undo_issue
from muster.apps.kits.actions.links import (
    household_link,
    read_household_link,
    revoke_household_link,
)
from muster.apps.kits.actions.phones import (
    enrol_kit_phone,
    forget_kit_enrolments,
    offer_kit_phone,
    revoke_kit_phone,
)
from muster.apps.kits.actions.results import (
    NewResult,
    enter_result,
    report_result,
    settle_follow_up,
)
from muster.apps.kits.actions.sealing import kit_private_key, kit_sealing_key
from muster.apps.kits.actions.series import close_series, open_series
from muster.apps.kits.actions.stock import book_out, count_lot, receive_kits
from muster.apps.kits.actions.words import KitReceipt, SentKitWord, take_kit_words
from muster.apps.kits.actions.zoned import open_zone_series

__all__ = [
    "KitReceipt",
    "NewResult",
    "SentKitWord",
    "apply_kit_word",
    "book_out",
    "close_series",
    "count_lot",
    "dismiss_kit_word",
    "enrol_kit_phone",
    "enter_result",
    "fetch_kits_back",
    "forget_kit_enrolments",
    "household_link",
    "issue_kits",
    "kit_private_key",
    "kit_sealing_key",
    "offer_kit_phone",
    "open_series",
    "open_zone_series",
    "read_household_link",
    "receive_kits",
    "reopen_kit_word",
    "report_result",
    "revoke_household_link",
    "revoke_kit_phone",
    "settle_follow_up",
    "take_kit_words",
    "undo_issue",
]
