"""The writes of `audit`: the scope of a transaction, and its lines."""

from muster.apps.audit.actions.lines import write_line, write_lines
from muster.apps.audit.actions.remarks import remark
from muster.apps.audit.actions.rows import insert_rows
from muster.apps.audit.actions.scope import (
    act_as,
    as_system,
    current_actor,
    fast_lane,
    scope_values,
    switch_actor,
)
from muster.apps.audit.actions.turns import take_turns

__all__ = [
    "act_as",
    "as_system",
    "current_actor",
    "fast_lane",
    "insert_rows",
    "remark",
    "scope_values",
    "switch_actor",
    "take_turns",
    "write_line",
    "write_lines",
]
