"""`muster serve`: the web server and the worker beside it."""

import os
import shutil
import signal
import subprocess
import sys
import time

import click

from muster.project.cli.ports import require_free


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=2, show_default=True, help="Server processes.")
@click.option("--worker/--no-worker", default=True, help="Run the job worker beside the server.")
@click.option("--reload", is_flag=True, help="Restart when code changes.")
def command(host: str, port: int, workers: int, worker: bool, reload: bool) -> None:
    """Serve the desk, the phone pages and the API."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "muster.project.settings.dev")
    require_free(host, port)
    click.echo(f"http://{host}:{port}")
    run(host, port, workers=workers, worker=worker, reload=reload)


def run(host: str, port: int, *, workers: int, worker: bool, reload: bool) -> None:
    """Prepare the database, then serve until interrupted."""
    from muster.project import database

    database.prepare()
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
    from muster.web.admission import THREADS

    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi",
        "--host", host, "--port", str(port), "--workers", str(workers),
        "--blocking-threads", str(THREADS), "--backpressure", "64", "--backlog", "2048",
        "--no-ws", "--log-level", "warning", "--respawn-failed-workers",
        *(["--reload"] if reload else []),
        "muster.project.wsgi:application",
    ]  # fmt: skip
    return subprocess.Popen(  # noqa: S603 -- our own arguments
        command, env={**os.environ, "PROMETHEUS_MULTIPROC_DIR": _metrics_folder(port)}
    )


def _metrics_folder(port: int) -> str:
    """An empty folder in which the server's processes add up their metrics."""
    from muster.project import env

    folder = env.read().data / "metrics" / str(port)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return str(folder)


def wait_until_ready(
    url: str, seconds: float = 30, *, server: subprocess.Popen[bytes] | None = None
) -> None:
    """Return when the server answers. Raises `TimeoutError`, and `ChildProcessError` where the
    `server` that was started has ended."""
    import httpx

    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if server is not None and server.poll() is not None:
            raise ChildProcessError(f"the server of {url} ended with status {server.poll()}")
        try:
            if httpx.get(f"{url}/healthz", timeout=2).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise TimeoutError(f"{url} did not answer within {seconds} s")


def start_worker() -> subprocess.Popen[bytes]:
    """The procrastinate worker as a child process."""
    return subprocess.Popen(
        [sys.executable, "-m", "django", "procrastinate", "worker", "--concurrency", "2"],
        env={**os.environ, "PROCRASTINATE_LOG": "1"},
    )
