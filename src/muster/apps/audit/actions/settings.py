"""How the database is told whose scope a transaction has.

One PostgreSQL is told by a function, prepared once. On a Citus cluster the policies of the log
hold on its nodes, and what is set by a function stays on the coordinator: there each value is set
by a command of its own, which Citus hands on (`muster.project.distribution`).
"""

from collections.abc import Sequence
from uuid import UUID
from weakref import WeakKeyDictionary

import psycopg
from psycopg import sql

SETTINGS = ("muster.places", "muster.units", "muster.person", "muster.account")
SET_ALL = "SELECT " + ", ".join(f"set_config('{name}', %s, true)" for name in SETTINGS)
AND_LOCK = ", pg_advisory_xact_lock(%s)"
IS_SPREAD = "SELECT current_setting('citus.propagate_set_commands', true) = 'local'"

_spread: WeakKeyDictionary[psycopg.Connection, bool] = WeakKeyDictionary()


def is_spread(raw: psycopg.Connection) -> bool:
    """Whether the database hands settings on to the nodes of a cluster; asked once a connection."""
    known = _spread.get(raw)
    if known is None:
        row = psycopg.Cursor(raw).execute(IS_SPREAD).fetchone()
        known = _spread[raw] = bool(row and row[0])
    return known


def set_scope(
    raw: psycopg.Connection, values: Sequence[str], *, spread: bool, alone: UUID | None = None
) -> None:
    """Set `SETTINGS` until the transaction ends, once others that are `alone` for the same id have
    ended. Works within a pipeline; nothing is waited for there."""
    lock = [] if alone is None else [alone.int % 2**63]
    if not spread:
        psycopg.Cursor(raw).execute(SET_ALL + AND_LOCK * len(lock), [*values, *lock], prepare=True)
        return
    if lock:
        psycopg.Cursor(raw).execute("SELECT pg_advisory_xact_lock(%s)", lock, prepare=True)
    for name, value in zip(SETTINGS, values, strict=True):
        command = sql.SQL("SET LOCAL {} = {}").format(
            sql.SQL(".").join(map(sql.Identifier, name.split("."))), sql.Literal(value)
        )
        psycopg.Cursor(raw).execute(command)
