"""The server is killed with -9 in the middle of the night's sync: what was acknowledged is there
once, and after a restart every record ends with one receipt."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
import psutil
import psycopg
import pytest

from muster.kernel import clock
from muster.kernel.ids import new_id
from muster.project.cli.serve import wait_until_ready

ROOT = Path(__file__).parents[2]
ROUNDS = 12
"""Batches a phone sends; the server dies after some of them."""


@dataclass
class Phone:
    """A phone with its outbox: what has no receipt is sent again."""

    token: str
    batches: list[list[dict[str, Any]]]
    receipts: dict[str, str] = field(default_factory=dict)
    differing: list[str] = field(default_factory=list)

    def send(self, url: str, batch: list[dict[str, Any]]) -> bool:
        """Whether an answer came."""
        try:
            answer = httpx.post(
                f"{url}/api/sync/records",
                json={"records": batch},
                headers={"Authorization": f"Device {self.token}"},
                timeout=20,
            )
        except httpx.TransportError:
            return False
        if answer.status_code != 200:
            return False
        for receipt in answer.json()["receipts"]:
            known = self.receipts.setdefault(receipt["id"], receipt["state"])
            if known != receipt["state"]:
                self.differing.append(receipt["id"])
        return True

    def unsent(self) -> list[list[dict[str, Any]]]:
        """Batches with a record that has no receipt."""
        return [b for b in self.batches if any(r["id"] not in self.receipts for r in b)]


@dataclass
class Installation:
    """A scratch installation: its data, its port, its server while it runs."""

    data: Path
    port: int
    server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def env(self) -> dict[str, str]:
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("MUSTER_", "DJANGO_"))}
        clean.pop("DATABASE_URL", None)
        path = f"{ROOT / 'src'}:{ROOT}"
        return {**clean, "MUSTER_DATA": str(self.data), "PYTHONPATH": path}

    def build(self) -> dict[str, Any]:
        """The small city in it; what the phones need."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.faults.city"],
            env=self.env, cwd=ROOT, stdout=subprocess.PIPE, check=True,
        )  # fmt: skip
        told: dict[str, Any] = json.loads(done.stdout)
        return told

    def start(self) -> None:
        """Serve, and wait for the first answer."""
        self.server = subprocess.Popen(
            [str(Path(sys.executable).parent / "muster"), "serve", "--no-worker",
             "--port", str(self.port)],
            env=self.env, cwd=ROOT,
        )  # fmt: skip
        wait_until_ready(self.url, seconds=60)

    def kill(self) -> None:
        """-9, the server and all its children at once."""
        assert self.server is not None
        parent = psutil.Process(self.server.pid)
        family = [p for p in parent.children(recursive=True) if "postgres" not in p.name()]
        for process in [parent, *family]:
            process.send_signal(signal.SIGKILL)
        self.server.wait()
        self.server = None

    def end(self) -> None:
        """Stop the server, then the database, which the killed server left running."""
        if self.server is not None:
            self.server.terminate()
            self.server.wait()
        pidfile = self.data / "postgres" / "postmaster.pid"
        if pidfile.exists():
            postmaster = psutil.Process(int(pidfile.read_text().split()[0]))
            postmaster.send_signal(signal.SIGINT)
            postmaster.wait(30)


@pytest.fixture
def installation() -> Iterator[Installation]:
    """In a folder of its own: another test session locks pytest's against the server's user."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with TemporaryDirectory(prefix="muster-kill-", ignore_cleanup_errors=True) as folder:
        made = Installation(Path(folder) / "m", port)
        try:
            yield made
        finally:
            made.end()


def phones_of(told: dict[str, Any]) -> list[Phone]:
    """Two phones, a tube a batch; everybody is swabbed again and again, some codes are wrong."""
    people = told["people"]

    def record(phone: int, batch: int, i: int) -> dict[str, Any]:
        tube = "wrong" if i == 3 else f"LC{phone:02d}{batch:08d}"
        person = people[(phone * 24 + batch * 4 + i) % len(people)]
        at = clock.now().isoformat()
        return {"id": str(new_id()), "tube": tube, "person": person, "taken_at": at}

    return [
        Phone(token, [[record(n, b, i) for i in range(4)] for b in range(ROUNDS)])
        for n, token in enumerate(told["tokens"])
    ]


def test_killed_in_the_middle_nothing_is_lost_and_nothing_is_double(
    installation: Installation,
) -> None:
    phones = phones_of(installation.build())
    installation.start()
    enough = threading.Barrier(len(phones) + 1)

    def work(phone: Phone) -> None:
        for i, batch in enumerate(phone.batches):
            if i == ROUNDS // 3:
                enough.wait(60)
            phone.send(installation.url, batch)

    threads = [threading.Thread(target=work, args=(p,)) for p in phones]
    for thread in threads:
        thread.start()
    enough.wait(60)
    installation.kill()
    for thread in threads:
        thread.join()

    acknowledged = {id_ for p in phones for id_ in p.receipts}
    assert acknowledged
    assert any(p.unsent() for p in phones), "the server was killed too late to show anything"
    assert stored(installation).keys() >= acknowledged

    installation.start()
    for phone in phones:
        for batch in phone.unsent():
            assert phone.send(installation.url, batch)
        assert phone.send(installation.url, phone.batches[0])
    found = stored(installation)
    sent = {r["id"] for p in phones for b in p.batches for r in b}
    assert found.keys() == sent
    assert {id_: state for p in phones for id_, state in p.receipts.items()} == found
    assert not [p.differing for p in phones if p.differing]
    assert sum(state == "accepted" for state in found.values()) == first_swabs(installation)


def stored(installation: Installation) -> dict[str, str]:
    """Id → state of every record in the log; the key makes a double impossible to miss."""
    rows = query(installation, "SELECT id::text, state FROM screening_specimen")
    found = dict(rows)
    assert len(found) == len(rows)
    return found


def first_swabs(installation: Installation) -> int:
    """People who count as tested."""
    return int(query(installation, "SELECT count(*) FROM screening_sampled")[0][0])


def query(installation: Installation, text: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(
        host=str(installation.data / "postgres"), user="postgres", dbname="muster"
    ) as connection:
        return connection.execute(text).fetchall()  # type: ignore[arg-type]
