"""What every channel keeps: who could not be reached is told by key, one failure stops nobody. A
channel that says it is idempotent delivers a key once. Runs on every channel there is."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import apprise
import pytest

from muster.gateways import channels
from muster.gateways.channels import (
    AppriseChannel,
    Channel,
    Message,
    RecordingChannel,
    open_channel,
)
from muster.gateways.errors import ChannelUnknown

Open = Callable[[], tuple[Channel, Callable[[], list[str]]]]
KINDS = [
    value
    for name, value in vars(channels).items()
    if name.endswith("Channel") and isinstance(value, type) and value is not Channel
]


class FakeService:
    """Stands where Apprise sends: keeps what would have gone out; refuses one address."""

    sent: list[str]

    def __init__(self) -> None:
        self.url = ""

    def add(self, url: str) -> bool:
        self.url = url
        return "invalid" not in url

    def notify(self, *, title: str, body: str) -> bool:
        if "13900000001" in self.url:
            return False
        self.sent.append(self.url)
        return bool(title and body)


@pytest.fixture(params=KINDS, ids=lambda kind: kind.__name__)
def opened(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Channel, Callable[[], int]]:
    """Each channel with a count of what has arrived."""
    if request.param is RecordingChannel:
        channel = RecordingChannel(tmp_path / "outbox.sqlite")
        return channel, channel.count
    if request.param is AppriseChannel:
        sent: list[str] = []
        monkeypatch.setattr(FakeService, "sent", sent, raising=False)
        monkeypatch.setattr(apprise, "Apprise", FakeService)
        return AppriseChannel("json://gate/{address}"), lambda: len(sent)
    raise AssertionError(f"open {request.param} here, so that the contract runs on it")


def messages(count: int) -> list[Message]:
    return [Message(uuid4(), f"1390000{i:04d}", "通知", "请到1号台") for i in range(count)]


def test_failures_are_told_by_key_and_the_others_go_out(
    opened: tuple[Channel, Callable[[], int]],
) -> None:
    channel, arrived = opened
    batch = messages(3)
    failures = channel.send(batch)
    assert set(failures) <= {m.key for m in batch}
    assert arrived() == 3 - len(failures)
    assert not any("1390000" in why for why in failures.values())
    assert channel.send([]) == {}


def test_an_idempotent_channel_delivers_a_key_once(
    opened: tuple[Channel, Callable[[], int]],
) -> None:
    channel, arrived = opened
    batch = messages(1)
    channel.send(batch)
    channel.send(batch)
    assert arrived() == (1 if channel.idempotent else 2)


def test_a_recording_goes_on_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "outbox.sqlite"
    RecordingChannel(path).send(messages(2))
    assert RecordingChannel(path).count() == 2


def test_a_channel_by_its_name(tmp_path: Path) -> None:
    urls: dict[str, Any] = {"sms": "json://gate/{address}"}
    assert isinstance(open_channel("recording", urls={}, data=tmp_path), RecordingChannel)
    named = open_channel("sms", urls=urls, data=tmp_path)
    assert isinstance(named, AppriseChannel)
    assert not named.idempotent
    with pytest.raises(ChannelUnknown, match="pigeon"):
        open_channel("pigeon", urls=urls, data=tmp_path)


def test_an_address_that_the_service_cannot_read_fails_alone() -> None:
    failures = AppriseChannel("no-such-schema-{address}").send(messages(1))
    assert list(failures.values()) == ["refused by the service"]
