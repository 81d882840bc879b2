"""The one place that asks what time it is, so that a rehearsal or a test can live another night."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_offset: ContextVar[timedelta] = ContextVar("muster_clock_offset", default=timedelta(0))


def now() -> datetime:
    """The current time, UTC, moved by the offset of the enclosing `travel`."""
    return datetime.now(UTC) + _offset.get()


@contextmanager
def travel(to: datetime) -> Iterator[None]:
    """Live as if it were `to` (timezone-aware); the clock keeps running from there."""
    token = _offset.set(to - datetime.now(UTC))
    try:
        yield
    finally:
        _offset.reset(token)


# The city's own time. One zone for the whole country, so it is no setting.
LOCAL = ZoneInfo("Asia/Shanghai")


def to_local(at: datetime) -> datetime:
    """The same moment on the city's clocks."""
    return at.astimezone(LOCAL)


def local(at: datetime, form: str) -> str:
    """A moment on the city's clocks as text (`strftime`)."""
    return to_local(at).strftime(form)
