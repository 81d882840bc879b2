"""The reads of `calls`."""

from muster.apps.calls.queries.calls import (
    Branch,
    CallProgress,
    call_of,
    calls_of,
    node_of,
    progress_of,
    silent_bodies,
    tree_below,
)
from muster.apps.calls.queries.chains import chain_versions, waiting_entries
from muster.apps.calls.queries.signups import (
    report_of_person,
    reports_of,
    reserve_for,
    signups_of,
    signups_of_person,
    volunteers_of,
)

__all__ = [
    "Branch",
    "CallProgress",
    "call_of",
    "calls_of",
    "chain_versions",
    "node_of",
    "progress_of",
    "report_of_person",
    "reports_of",
    "reserve_for",
    "signups_of",
    "signups_of_person",
    "silent_bodies",
    "tree_below",
    "volunteers_of",
    "waiting_entries",
]
