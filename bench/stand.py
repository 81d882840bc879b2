"""A scratch installation to measure on: its own database, the demo city, a real server."""

import fcntl
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

PORT = 8731
EVERY = 1
"""Of the city's 40,000 cadres, each so-many-th is there."""
URL = f"http://127.0.0.1:{PORT}"


def prepare() -> None:
    """Point this process at a scratch database and make it; once."""
    if os.environ.get("MUSTER_BENCH_READY"):
        return
    data = Path(tempfile.gettempdir()) / "muster-bench"
    _alone(data)
    os.environ["MUSTER_DATA"] = str(data)
    os.environ["MUSTER_DEMO"] = "1"
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    from muster.project import database

    database.recreate()
    os.environ["MUSTER_BENCH_READY"] = "1"


def _alone(data: Path) -> None:
    """Hold the scratch database until this process ends: a second bench would drop it under this
    one, and both would measure nothing. Raises `RuntimeError`."""
    data.mkdir(parents=True, exist_ok=True)
    held = os.open(data / "bench.lock", os.O_CREAT | os.O_RDWR)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise RuntimeError(
            "Another bench runs on this machine: wait until it has ended."
        ) from error


def serve(workers: int = 2) -> subprocess.Popen[bytes]:
    """Start the real server on the scratch database; it may not answer yet. One that is still
    ending at the same port would take a part of the requests: it is waited for."""
    from muster.project.cli.ports import is_free

    end = time.monotonic() + 10
    while not is_free("127.0.0.1", PORT) and time.monotonic() < end:
        time.sleep(0.05)
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
        "--port", str(PORT), "--workers", str(workers), "--blocking-threads", "32",
        "--backpressure", "64", "--no-ws", "--log-level", "error",
        "muster.project.wsgi:application",
    ]  # fmt: skip
    return subprocess.Popen(command)


@contextmanager
def server(workers: int = 2) -> Iterator[str]:
    """The real server on the scratch database."""
    from muster.project.cli.serve import wait_until_ready

    process = serve(workers)
    try:
        wait_until_ready(URL)
        yield URL
    finally:
        process.terminate()
        process.wait()


def city() -> "Stage":  # noqa: F821
    """The demo city up to the open round, and the server's statistics fresh."""
    prepare()
    from muster.demo.generator import build
    from muster.demo.night import evening, foundation, residents
    from muster.demo.night.stage import Stage, last_dusk
    from muster.project import database

    global _stage  # noqa: PLW0603 -- one city a run, whichever topics ask for it
    if _stage is None:
        world = build()
        world = replace(world, cadres=world.cadres[::EVERY])
        stage = Stage(world=world, dusk=last_dusk())
        foundation.build(stage)
        residents.come_in(stage)
        evening.seal(stage)
        stage.figures["need"] = str(evening.plan_round(stage))
        database.analyse()
        _stage = stage
    return _stage


_stage = None
