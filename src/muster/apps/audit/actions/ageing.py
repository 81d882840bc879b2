"""Plans of prepared statements that have grown too old.

PostgreSQL plans a prepared statement for its tables as they are then, and keeps that plan until
they are analysed. A plan made while a table was empty reads the whole table: right for ten rows,
and four times as slow by the time that a night's first ten thousand have come. So a process looks
once a second how large the tables are, and each connection drops its plans when one has
quadrupled. A table does so ten times in its life or so; a connection then plans for some
milliseconds.
"""

import threading
import time
from weakref import WeakKeyDictionary

import psycopg

SECONDS = 1.0
"""Between two looks of a process."""

SIZES = """
SELECT sum(trunc(log(4, greatest(pg_relation_size(oid) / 65536, 1))))::int
FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""
"""How often the tables have quadrupled, all of them together, from 64 KB on."""
DROP = "DISCARD PLANS"


class Ageing:
    """Of one process; threads share it."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self.size = 0
        self._next = 0.0
        self._lock = threading.Lock()
        self._planned: WeakKeyDictionary[psycopg.Connection, int] = WeakKeyDictionary()

    def renew(self, raw: psycopg.Connection) -> psycopg.Cursor | None:
        """Drop the plans of a connection if they are too old. Where it is time to look, a cursor
        that does: hand it to `seen` when its answer is there (it goes out with a pipeline)."""
        if self._planned.get(raw) != self.size:
            raw.execute(DROP)
            self._planned[raw] = self.size
        if not self._due():
            return None
        return psycopg.Cursor(raw).execute(SIZES, prepare=True)

    def seen(self, cursor: psycopg.Cursor | None) -> None:
        """Take what `renew` asked."""
        row = cursor.fetchone() if cursor else None
        if row is not None:
            self.size = row[0]

    def _due(self) -> bool:
        now = time.monotonic()
        with self._lock:
            if now < self._next:
                return False
            self._next = now + self.seconds
            return True


plans = Ageing()
"""Of this process."""
