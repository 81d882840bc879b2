"""Every topic as small as it can be and still runs through all of its code.

`python -m bench --small [TOPIC...]` prints each figure as a line of JSON. Nothing is measured by
it: it shows that what the bench calls is still there (`tests/bench`). The night is left out: the
flows live it. What lies beside the repository is left out too, or invented here.
"""

import importlib
import json
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SIZES: dict[str, dict[str, Any]] = {
    "intake": {"ENTRIES": 5, "FEW": 20, "MANY": 50},
    "linkage": {"SIZE": 300, "BESIDE": 200, "SHARED": Path("absent")},
    "pages": {"TIMES": 4, "POSTS": 40, "SPANS": 2, "PEOPLE": 200},
    "fanout": {"DIES_AFTER": 2},
    "sync": {"TURNS": 1, "BATCHES": ((10, 10), (20, 2)), "PEOPLE": 800, "IN_TURNS": 600,
             "STEADY": 20},
    "lane": {"TABLES": 400, "UNSENT": 200, "SCANS": 20, "QUERIES": ("王", "wx")},
    "growth": {"STEPS": (1,), "STEP": 8_000, "BATCHES": 5, "TURNS": 1, "COMMUNITIES": 50},
    "surge": {"MEASURED": 40},
    "city": {"LIMITS": {1.0: (8.0, None)}, "BEST_BOUND": {"small": 1.0}, "LARGE_PEOPLE": 100,
             "EVENT_PEOPLE": 10, "SMALL_CASES": 1, "SMALL_PEOPLE": 60, "PLAN_SECONDS": 0.5,
             "EXACT_SECONDS": 2.0},
    "teams": {"CASES": ((60, 3),), "SECONDS": 1.0},
    "together": {"PEOPLE": 600, "TEAMS": 5, "SECONDS": 1.0},
    "simulate": {"PEOPLE": 300, "SITES": (1, 1), "RUNS": 5, "PEER_RUNS": 1, "HUBS": Path("absent")},
    "sites": {"SHAKES": 2, "SECONDS": 0.5, "FOLDER": Path("absent")},
    "stations": {"SMALL": ("1",), "MINUTES": 0.02},
    "faults": {"RATE": 100, "PHONES": 10, "MINUTES": 0.1, "KILL_EVERY": 2.0, "RESTART_EVERY": 4.0},
}  # fmt: skip
"""By topic, what takes the place of its sizes. A name that a topic has not is an error. The faults
are last: what they break is not there for the others."""
BY_HAND = ("sync", "lane", "growth", "surge", "faults")
"""Topics that load a server from the same machine: too rough to run beside other tests."""
EVERY = 10
CREW = """SECTION_HORIZON
14
SECTION_SHIFTS
E,480,
SECTION_STAFF
A,E=14,4320,3360,5,2,2,1
B,E=14,4320,3360,5,2,2,1
SECTION_COVER
0,E,3,100,1
"""


def run(topics: list[str]) -> None:
    """Print ``[topic, name, figure, unit, limit]`` of every figure."""
    from bench import stand

    stand.EVERY = EVERY
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        stand.PORT = free.getsockname()[1]
    stand.URL = f"http://127.0.0.1:{stand.PORT}"
    with tempfile.TemporaryDirectory() as folder:
        for topic in topics or SIZES:
            for figure in _figures(topic, Path(folder)):
                print(json.dumps([topic, *figure], ensure_ascii=False), flush=True)


def shrunk(topic: str) -> Any:
    """The module of a topic with its small sizes. Raises `AttributeError`: it has no such name."""
    module = importlib.import_module(f"bench.{topic}")
    for name, value in SIZES[topic].items():
        if not hasattr(module, name):
            raise AttributeError(f"bench.{topic} has no {name}: see bench.small")
        setattr(module, name, value)
    return module


def _figures(topic: str, folder: Path) -> Iterator[tuple[Any, ...]]:
    module = shrunk(topic)
    if topic == "city":
        module.CITY = _small_city(folder)
    if topic == "stations":
        module.FOLDER = _small_crew(folder)
    return iter(module.run())


def _small_crew(folder: Path) -> Path:
    (folder / "Instance1.txt").write_text(CREW, "utf-8")
    (folder / "best_known.csv").write_text("instance\n", "utf-8")
    return folder


def _small_city(folder: Path) -> Path:
    from muster.planner.city.files import save_problem
    from muster.planner.city.generate import generate

    save_problem(folder / "small.npz", generate(300, 1))
    return folder
