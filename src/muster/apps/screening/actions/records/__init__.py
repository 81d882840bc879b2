"""Take what a phone did at its table: records, changes of records, closings of tubes.

Exactly once: the phone made the ids; an entry that is there already answers its own receipt. Order
does not matter, clocks decide nothing, and what cannot be judged is held, not refused. Batches of
one phone are taken one after the other, so that a change never misses its record.
"""

from muster.apps.screening.actions.records.entries import (
    LIMIT,
    Receipt,
    Record,
    SentChange,
    SentClosing,
)
from muster.apps.screening.actions.records.taking import record_batch

__all__ = ["LIMIT", "Receipt", "Record", "SentChange", "SentClosing", "record_batch"]
