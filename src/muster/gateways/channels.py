"""Message channels behind one seam. A new one is a line in `open_channel`; the contract in
`tests/gateways/test_channels.py` runs on it unasked.

Every message carries a `key`. An *idempotent* channel delivers a key once however often it is
sent, so an interrupted fan-out may simply be run again. Where a service has no such key, the
sender must not repeat what it is unsure of.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from uuid import UUID

from muster.gateways.errors import ChannelUnknown


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one address."""

    key: UUID
    address: str
    title: str
    body: str


class Channel(Protocol):
    """A way to reach people."""

    idempotent: bool

    def send(self, messages: Sequence[Message]) -> dict[UUID, str]:
        """Send; returns the failures, key → reason (no names, no addresses)."""
        ...


class RecordingChannel:
    """Writes messages into a file instead of sending them: demo, rehearsal, tests, benchmarks.

    It behaves like a good SMS service: a key is delivered once.
    """

    idempotent = True

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(self._open()) as file, file:
            file.execute(
                "CREATE TABLE IF NOT EXISTS message (key TEXT PRIMARY KEY, address TEXT,"
                " title TEXT, body TEXT)"
            )

    def _open(self) -> sqlite3.Connection:
        file = sqlite3.connect(self.path, timeout=30)
        file.execute("PRAGMA journal_mode=WAL")
        file.execute("PRAGMA synchronous=NORMAL")
        return file

    def send(self, messages: Sequence[Message]) -> dict[UUID, str]:
        """Record each key once."""
        with closing(self._open()) as file, file:
            file.executemany(
                "INSERT OR IGNORE INTO message VALUES (?, ?, ?, ?)",
                [(str(m.key), m.address, m.title, m.body) for m in messages],
            )
        return {}

    def count(self) -> int:
        """Messages recorded so far."""
        with closing(self._open()) as file:
            return int(file.execute("SELECT count(*) FROM message").fetchone()[0])


class AppriseChannel:
    """WeCom, DingTalk, Feishu, mail, SMS gateways and 100 more through Apprise.

    url: an Apprise URL; ``{address}`` in it is replaced by the recipient's.
    """

    idempotent = False

    def __init__(self, url: str) -> None:
        self.url = url

    def send(self, messages: Sequence[Message]) -> dict[UUID, str]:
        """Send one by one; a failure does not stop the others."""
        import apprise  # noqa: PLC0415 -- slow to import; only an installation that uses it pays

        failed = {}
        for message in messages:
            service = apprise.Apprise()
            added = service.add(self.url.replace("{address}", message.address))
            if not added or not service.notify(title=message.title, body=message.body):
                failed[message.key] = "refused by the service"
        return failed


def open_channel(name: str, *, urls: Mapping[str, str], data: Path) -> Channel:
    """The channel of that name: ``recording``, or one configured in MUSTER_CHANNELS.

    Raises `ChannelUnknown`.
    """
    if name == "recording":
        return RecordingChannel(data / "outbox.sqlite")
    if name in urls:
        return AppriseChannel(urls[name])
    raise ChannelUnknown(name=name)
