"""UUIDv7: ids that are made anywhere, without a server, and sort by the time they were made."""

import secrets
import threading
import time
from datetime import UTC, datetime
from uuid import UUID

_lock = threading.Lock()
_last_ms = 0
_sequence = 0


def new_id() -> UUID:
    """A new UUIDv7 (RFC 9562, method 1: 12-bit counter), increasing within this process."""
    global _last_ms, _sequence  # noqa: PLW0603 -- one monotonic counter a process, under a lock
    with _lock:
        ms = time.time_ns() // 1_000_000
        if ms > _last_ms:
            _last_ms, _sequence = ms, secrets.randbits(11)
        else:
            _sequence += 1
            if _sequence > 0xFFF:
                _last_ms, _sequence = _last_ms + 1, secrets.randbits(11)
        ms, counter = _last_ms, _sequence
    return UUID(int=ms << 80 | 0x7 << 76 | counter << 64 | 0b10 << 62 | secrets.randbits(62))


def made_at(id_: UUID) -> datetime:
    """When a UUIDv7 says it was made (UTC). A device's clock is a hint: it decides nothing."""
    return datetime.fromtimestamp((id_.int >> 80) / 1000, tz=UTC)
