"""`muster demo`: build a city, live the first night, serve it."""

import json
import os
import sys
from pathlib import Path

import click
import platformdirs


@click.command()
@click.option("--once", is_flag=True, help="End after the night; exit 0 only if its promises held.")
@click.option("--fresh", is_flag=True, help="Live the night anew even if there is one.")
@click.option("--port", default=8000, show_default=True)
def command(once: bool, fresh: bool, port: int) -> None:
    """Build a demo city, live the first night, serve it on 127.0.0.1."""
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
    click.echo(f"http://127.0.0.1:{port}")
    _serve(port)


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

    server = start_server("127.0.0.1", port, workers=2)
    try:
        wait_until_ready(f"http://127.0.0.1:{port}")
        stage = live(f"http://127.0.0.1:{port}", TerminalProgress(console), database.analyse)
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

    run("127.0.0.1", port, workers=2, worker=True, reload=False)
