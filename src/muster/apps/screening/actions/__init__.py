"""The writes of `screening`."""

from muster.apps.screening.actions.batches import take_batch
from muster.apps.screening.actions.codes import PaperCode, paper_codes, screen_code, signing_key
from muster.apps.screening.actions.custody import hand_over, open_box, pack_tube, take_out
from muster.apps.screening.actions.devices import enrol_device, revoke_device
from muster.apps.screening.actions.doors import forget_absence, note_absence
from muster.apps.screening.actions.enrolment import enrol_by_code, offer_enrolment
from muster.apps.screening.actions.held import accept_record, void_record
from muster.apps.screening.actions.laboratories import (
    Taken,
    register_laboratory,
    revoke_laboratory,
    take_laboratory_results,
)
from muster.apps.screening.actions.plans import open_planned, plan_a_round
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
    "close_round",
    "enrol_by_code",
    "enrol_device",
    "forget_absence",
    "hand_over",
    "import_results",
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
    "revoke_device",
    "revoke_laboratory",
    "screen_code",
    "sealing_key",
    "settle_recall",
    "signing_key",
    "take_batch",
    "take_laboratory_results",
    "take_out",
    "take_visits",
    "void_record",
]
