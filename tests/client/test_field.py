"""The lane's own tests and types, run where everything else is run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

FIELD = Path(__file__).parents[2] / "client" / "field"


@pytest.mark.parametrize("script", ["check", "test"])
def test_the_lanes_client(script: str) -> None:
    beside = Path(sys.executable).parent
    ran = subprocess.run(
        [beside / "npm", "run", "--silent", script],
        cwd=FIELD,
        env={**os.environ, "PATH": f"{beside}:{os.environ.get('PATH', '')}", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
