"""muster.project.cli.ports: a taken port is named before anything is done."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner

from muster.project import database
from muster.project.cli import demo, main, ports, serve

HOST = "127.0.0.1"


@pytest.fixture
def taken() -> Iterator[int]:
    """A port at which somebody listens."""
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.fixture
def nothing_done(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What would be begun: none of it is."""
    begun: list[Any] = []
    monkeypatch.setattr(database, "prepare", lambda: begun.append("prepare"))
    monkeypatch.setattr(demo, "_live", lambda *_: begun.append("live") or 0)
    monkeypatch.setattr(demo, "_serve", begun.append)
    monkeypatch.setattr(serve, "start_server", lambda *_, **__: begun.append("serve"))
    return begun


def test_the_next_free_one(taken: int) -> None:
    assert not ports.is_free(HOST, taken)
    found = ports.next_free(HOST, taken)
    assert found is not None
    assert taken < found < taken + ports.TRIED
    assert ports.is_free(HOST, found)


@pytest.mark.parametrize("command", [["demo", "--once"], ["demo"], ["serve"]])
def test_a_port_that_was_asked_for_and_is_taken(
    taken: int, nothing_done: list[Any], command: list[str]
) -> None:
    done = CliRunner().invoke(main, [*command, "--port", str(taken)])
    assert done.exit_code == 2
    assert f"Port {taken} is taken" in done.output
    assert f"--port {ports.next_free(HOST, taken)}" in done.output
    assert nothing_done == []


def test_the_demo_takes_the_next_one_and_says_so(
    taken: int, nothing_done: list[Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setenv("MUSTER_DATA", str(tmp_path))
    monkeypatch.setenv("MUSTER_DEMO", "")
    monkeypatch.setattr(demo, "USUAL", taken)
    done = CliRunner().invoke(main, ["demo"])
    (_, port) = nothing_done
    assert done.exit_code == 0
    assert f"Port {taken} is taken by another program; this is at {port}." in done.output
    assert f"http://{HOST}:{port}" in done.output


def test_where_none_is_free(monkeypatch: pytest.MonkeyPatch, nothing_done: list[Any]) -> None:
    monkeypatch.setattr(ports, "is_free", lambda *_: False)
    done = CliRunner().invoke(main, ["demo"])
    assert done.exit_code == 2
    assert "Port 8000 is taken" in done.output
    assert nothing_done == []


def test_a_server_that_has_ended_is_not_waited_for() -> None:
    class Ended:
        def poll(self) -> int:
            return 1

    with pytest.raises(ChildProcessError, match="status 1"):
        serve.wait_until_ready(f"http://{HOST}:9", server=Ended())  # type: ignore[arg-type]
