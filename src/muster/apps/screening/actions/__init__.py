"""The writes of `screening`."""

from muster.apps.screening.actions.batches import take_batch
from muster.apps.screening.actions.codes import (
    PaperCode,
    disbelieve_key,
    paper_codes,
    rotate_key,
    screen_code,
    signing_key,
)
from muster.apps.screening.actions.custody import hand_over, open_box, pack_tube, take_out
from muster.apps.screening.actions.decisions import undo_change, undo_decision
from muster.apps.screening.actions.devices import enrol_device, revoke_device
from muster.apps.screening.actions.doors import forget_absence, note_absence
from muster.apps.screening.actions.enrolment import enrol_by_code, offer_enrolment
from muster.apps.screening.actions.held import accept_record, void_record
from muster.apps.screening.actions.held_changes import apply_change, dismiss_change, reopen_change
from muster.apps.screening.actions.held_closings import (
    apply_closing,
    dismiss_closing,
    reopen_closing,
    undo_closing,
)
from muster.apps.screening.actions.held_visits import dismiss_visit, reopen_visit
from muster.apps.screening.actions.laboratories import (
    Taken,
    register_laboratory,
    revoke_laboratory,
    take_laboratory_results,
)
from muster.apps.screening.actions.plans import move_start, open_planned, plan_a_round
from muster.apps.screening.actions.records import (
    Receipt,
    Record,
    SentChange,
    SentClosing,
    record_batch,
)
from muster.apps.screening.actions.results import (
    ResultRow,
    ResultsReport,
    import_results,
    settle_recall,
)
from muster.apps.screening.actions.rounds import OpenedRound, close_round, open_round
from muster.apps.screening.actions.sealed import open_sealed, sealing_key
from muster.apps.screening.actions.second_calls import call_again, forget_second_call
from muster.apps.screening.actions.settled import undo_settled
from muster.apps.screening.actions.strays import dismiss_result, match_result, reopen_result
from muster.apps.screening.actions.tallies import refresh_tallies, refresh_tally
from muster.apps.screening.actions.visits import SentVisit, take_visits

__all__ = [
    "OpenedRound",
    "PaperCode",
    "Receipt",
    "Record",
    "ResultRow",
    "ResultsReport",
    "SentChange",
    "SentClosing",
    "SentVisit",
    "Taken",
    "accept_record",
    "apply_change",
    "apply_closing",
    "call_again",
    "close_round",
    "disbelieve_key",
    "dismiss_change",
    "dismiss_closing",
    "dismiss_result",
    "dismiss_visit",
    "enrol_by_code",
    "enrol_device",
    "forget_absence",
    "forget_second_call",
    "hand_over",
    "import_results",
    "match_result",
    "move_start",
    "note_absence",
    "offer_enrolment",
    "open_box",
    "open_planned",
    "open_round",
    "open_sealed",
    "pack_tube",
    "paper_codes",
    "plan_a_round",
    "record_batch",
    "refresh_tallies",
    "refresh_tally",
    "register_laboratory",
    "reopen_change",
    "reopen_closing",
    "reopen_result",
    "reopen_visit",
    "revoke_device",
    "revoke_laboratory",
    "rotate_key",
    "screen_code",
    "sealing_key",
    "settle_recall",
    "signing_key",
    "take_batch",
    "take_laboratory_results",
    "take_out",
    "take_visits",
    "undo_change",
    "undo_closing",
    "undo_decision",
    "undo_settled",
    "void_record",
]
