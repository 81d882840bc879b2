"""The catalogue: what is sent, and what must be answered.

A case has names of its own for what it needs: ``"person": "p1"``, ``"tube": "t1"``, ``"id": "r1"``.
The runner gives each name a fresh resident, a tube code nobody has used, a UUIDv7.
"""

from importlib import resources
from typing import Any, Literal

import msgspec


class Expected(msgspec.Struct, forbid_unknown_fields=True):
    """What must be answered: the status; receipts by name of the entry as ``state`` or
    ``state:code``; the problem's code; with `any_of`, each of these lists of states in some order
    over all that was sent at once."""

    status: int = 200
    receipts: dict[str, str] = {}
    code: str = ""
    any_of: list[list[str]] = []


class Send(msgspec.Struct, forbid_unknown_fields=True):
    """One request. `device` is a name in the fixture. `body`: text as it is, not the lists."""

    device: str = "a"
    records: list[dict[str, Any]] = []
    changes: list[dict[str, Any]] = []
    closings: list[dict[str, Any]] = []
    visits: list[dict[str, Any]] = []
    kits: list[dict[str, Any]] = []
    gzip: bool = False
    body: str | None = None


class Step(msgspec.Struct, forbid_unknown_fields=True):
    """Send once; or several at the same moment (`together`).

    how: ``whole``; ``cut`` the connection in the middle of the body; ``deaf`` sends it whole and
    hangs up before the answer. times: send it so often, each must be answered alike.
    """

    send: Send | None = None
    together: list[Send] = []
    how: Literal["whole", "cut", "deaf"] = "whole"
    times: int = 1
    expect: Expected | None = None


class Case(msgspec.Struct, forbid_unknown_fields=True):
    """One promise of the protocol. `needs`: devices the fixture must have."""

    name: str
    why: str
    needs: list[str]
    steps: list[Step]


def load_cases() -> list[Case]:
    """Every case of the catalogue, in order of file and place."""
    folder = resources.files("muster.conformance") / "catalogue"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".json")), key=lambda f: f.name)
    return [c for f in files for c in msgspec.json.decode(f.read_bytes(), type=list[Case])]


def people_needed(cases: list[Case]) -> int:
    """Residents that these cases record: each case has its own."""
    return sum(
        len({r["person"] for s in _sends(c) for r in (*s.records, *s.visits) if _fresh(r)})
        for c in cases
    )


def doors_needed(cases: list[Case]) -> int:
    """Doors of a series that these cases hand kits out at: each case has its own."""
    return sum(
        len(
            {w["door"] for s in _sends(c) for w in s.kits if str(w.get("door", "")).startswith("d")}
        )
        for c in cases
    )


def _sends(case: Case) -> list[Send]:
    return [s for step in case.steps for s in (*step.together, *([step.send] if step.send else []))]


def _fresh(record: dict[str, Any]) -> bool:
    return str(record.get("person") or "").startswith("p")
