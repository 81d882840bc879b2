"""`muster demo`: build a city, live the first night, serve it."""

import json
import os
import sys
from pathlib import Path

import click
import platformdirs

from muster.project.cli.ports import PortTaken, next_free, require_free

HOST, USUAL = "127.0.0.1", 8000


@click.command()
@click.option("--once", is_flag=True, help="End after the night; exit 0 only if its promises held.")
@click.option("--fresh", is_flag=True, help="Live the night anew even if there is one.")
@click.option("--port", type=int, help="8000, or the next that is free, where none is named.")
def command(once: bool, fresh: bool, port: int | None) -> None:
    """Build a demo city, live the first night, serve it on 127.0.0.1."""
    port = _port(port)
    data = Path(
        os.environ.get("MUSTER_DATA")
        or platformdirs.user_data_path("muster", appauthor=False) / "demo"
    )
    os.environ["MUSTER_DATA"] = str(data)
    os.environ["MUSTER_DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "muster.project.settings.dev")
    mark = data / "night.json"
    broken = 0
    if once or fresh or not mark.exists():
        broken = _live(data, mark, port)
    if once:
        sys.exit(1 if broken else 0)
    click.echo(f"http://{HOST}:{port}")
    _serve(port)


def _port(asked: int | None) -> int:
    """The port that was asked for, or the first free one, said where it is not the usual one.
    Raises `PortTaken`."""
    if asked is not None:
        require_free(HOST, asked)
        return asked
    found = next_free(HOST, USUAL)
    if found is None:
        raise PortTaken(USUAL, None)
    if found != USUAL:
        click.echo(
            f"{USUAL} 端口已被其他程序占用，改用 {found}。"
            f" Port {USUAL} is taken by another program; this is at {found}."
        )
    return found


def _live(data: Path, mark: Path, port: int) -> int:
    """Live the night on an empty database; the number of promises it broke."""
    from muster.project import database

    mark.unlink(missing_ok=True)
    (data / "outbox.sqlite").unlink(missing_ok=True)
    database.recreate()

    from rich.console import Console

    from muster.demo.night.story import live
    from muster.demo.show import TerminalProgress, report
    from muster.project.cli.serve import start_server, wait_until_ready

    console = Console()

    server = start_server(HOST, port, workers=2)
    try:
        wait_until_ready(f"http://{HOST}:{port}", server=server)
        stage = live(f"http://{HOST}:{port}", TerminalProgress(console), database.analyse)
        stage.note(server_mb=_megabytes(server.pid))
    finally:
        server.terminate()
        server.wait()
    report(console, stage)
    console.print(f"服务进程内存 · server process {stage.figures['server_mb']} MB, limit 400")
    if not stage.broken:
        mark.write_text(json.dumps(stage.figures, ensure_ascii=False, indent=1), "utf-8")
    return len(stage.broken)


def _megabytes(pid: int) -> int:
    """Resident memory of the largest server process, MB."""
    import psutil

    parent = psutil.Process(pid)
    family = [parent, *parent.children(recursive=True)]
    return int(max(p.memory_info().rss for p in family) // 2**20)


def _serve(port: int) -> None:
    from muster.project.cli.serve import run

    run(HOST, port, workers=2, worker=True, reload=False)
