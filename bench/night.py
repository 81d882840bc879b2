"""The first night, as `make demo ONCE=1` lives it, on a scratch database of its own."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path


def run() -> list[tuple[str, float, str, float | None]]:
    """Seconds of the night and megabytes of the largest server process."""
    with tempfile.TemporaryDirectory(prefix="muster-night-") as folder:
        env = {**os.environ, "MUSTER_DATA": folder}
        env.pop("MUSTER_BENCH_READY", None)
        env["DJANGO_SETTINGS_MODULE"] = "muster.project.settings.dev"
        command = [str(Path(sys.executable).parent / "muster"), "demo", "--once", "--port", "8732"]
        subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)
        figures = json.loads((Path(folder) / "night.json").read_text("utf-8"))
    return [
        ("the first night", figures["seconds"], "s", 90),
        ("server process", figures["server_mb"], "MB", 400),
        ("people tested", figures["tested"], "people", None),
        ("records held or flagged", figures["held"] + figures["flagged"], "records", None),
    ]
