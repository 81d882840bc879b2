"""`muster serve`: the web server and the worker beside it."""

import os
import signal
import subprocess
import sys

import click


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=2, show_default=True, help="Server processes.")
@click.option("--worker/--no-worker", default=True, help="Run the job worker beside the server.")
@click.option("--reload", is_flag=True, help="Restart when code changes.")
def command(host: str, port: int, workers: int, worker: bool, reload: bool) -> None:
    """Serve the desk, the phone pages and the API."""
    from muster.project import database

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "muster.project.settings.dev")
    database.prepare()
    click.echo(f"http://{host}:{port}")
    jobs = start_worker() if worker else None
    server = start_server(host, port, workers=workers, reload=reload)
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    try:
        code = server.wait()
    except KeyboardInterrupt:
        server.terminate()
        code = server.wait()
    finally:
        if jobs is not None:
            jobs.terminate()
            jobs.wait()
    sys.exit(code if code > 0 else 0)


def start_server(
    host: str, port: int, *, workers: int = 2, reload: bool = False
) -> subprocess.Popen[bytes]:
    """granian as a child process; it serves `project.wsgi`."""
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi",
        "--host", host, "--port", str(port), "--workers", str(workers),
        "--blocking-threads", "8", "--backpressure", "64", "--backlog", "2048",
        "--no-ws", "--log-level", "warning", "--respawn-failed-workers",
        *(["--reload"] if reload else []),
        "muster.project.wsgi:application",
    ]  # fmt: skip
    return subprocess.Popen(command)  # noqa: S603 -- our own arguments


def start_worker() -> subprocess.Popen[bytes]:
    """The procrastinate worker as a child process."""
    return subprocess.Popen(  # noqa: S603 -- our own arguments
        [sys.executable, "-m", "django", "procrastinate", "worker", "--concurrency", "2"],
        env={**os.environ, "PROCRASTINATE_LOG": "1"},
    )
