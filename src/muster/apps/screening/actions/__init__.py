"""The writes of `screening`."""

from muster.apps.screening.actions.devices import enrol_device, revoke_device
from muster.apps.screening.actions.doors import forget_absence, note_absence
from muster.apps.screening.actions.held import accept_record, void_record
from muster.apps.screening.actions.plans import open_planned, plan_a_round
from muster.apps.screening.actions.record import Receipt, Record, record_batch
from muster.apps.screening.actions.results import (
    ResultRow,
    ResultsReport,
    import_results,
    settle_recall,
)
from muster.apps.screening.actions.rounds import OpenedRound, close_round, open_round

__all__ = [
    "OpenedRound",
    "Receipt",
    "Record",
    "ResultRow",
    "ResultsReport",
    "accept_record",
    "close_round",
    "enrol_device",
    "forget_absence",
    "import_results",
    "note_absence",
    "open_planned",
    "open_round",
    "plan_a_round",
    "record_batch",
    "revoke_device",
    "settle_recall",
    "void_record",
]
