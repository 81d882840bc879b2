"""The first night is lived whole, against a real server, and keeps its promises. Covers
muster.demo.night.antigen, muster.demo.night.custody, muster.demo.night.doors,
muster.demo.night.evening,
muster.demo.night.foundation,
muster.demo.night.laboratory, muster.demo.night.morning, muster.demo.night.neighbours,
muster.demo.night.residents, muster.demo.night.roster, muster.demo.night.stage and
muster.demo.night.tables."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.night
def test_the_night_keeps_its_promises(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("MUSTER_", "DJANGO_"))}
    clean.pop("DATABASE_URL", None)
    done = subprocess.run(
        [str(Path(sys.executable).parent / "muster"), "demo", "--once", "--port", str(port)],
        env={**clean, "MUSTER_DATA": str(tmp_path / "m")},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout.decode()[-4000:]
    figures = json.loads((tmp_path / "m" / "night.json").read_text("utf-8"))
    assert figures["boxes_differ"] == 1
    assert figures["doors_people"] > figures["doors_reasons"] > figures["doors_swabbed"] > 0
    assert figures["lab_fhir"] > 0
    assert figures["kits"] > figures["kit_results"] > figures["kit_positives"] == 1
    if figures["chromium"]:
        assert (figures["lane"] > 400, figures["lane_unsent"]) == (True, 0)
    else:
        assert "no Chromium starts here" in done.stdout.decode()
