"""Cases that Python and TypeScript must decide alike (client/field/tests/vectors.test.ts)."""

import json
from pathlib import Path
from typing import Any

VECTORS = Path(__file__).parents[2] / "vectors"


def vectors(name: str) -> Any:
    """One file of cases."""
    return json.loads((VECTORS / f"{name}.json").read_text("utf-8"))
