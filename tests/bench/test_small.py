"""Topics of the bench still run, with the smallest sizes, and say their figures.
No figure is held to its limit here: that is for the machine on which it is measured."""

import importlib
import inspect
import json
import math
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from bench.__main__ import TOPICS
from bench.small import BY_HAND, SIZES

from bench import small

RUN = [topic for topic in SIZES if topic not in BY_HAND]
ROOT = Path(__file__).parents[2]
UNITS = {
    "", "%", "% gap", "% more", "% of it", "% over", "KB", "MB", "bodies", "km", "messages", "min",
    "ms", "people", "people/h", "queries", "ratio", "records", "records/s", "rounds", "s",
    "sign-ups", "sign-ups/s", "times", "x",
}  # fmt: skip
MAY_BE_BELOW_ZERO = {"% gap", "% more", "% over", "s"}
"""A search may end before its time, and find more than the best that was known."""
NOTHING_WRONG = ("lost", "double", "missing", "differ", "otherwise", "holes")

type Figure = tuple[str, float, str, float | None]


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Figure]]:
    """What each topic says, from a process and a scratch installation of their own."""
    folder = tmp_path_factory.mktemp("bench")
    env = {k: v for k, v in os.environ.items() if not k.startswith(("MUSTER_", "DJANGO_"))}
    env |= {"TMPDIR": str(folder), "MUSTER_SHARED": str(folder)}
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--small", *RUN],
        cwd=ROOT, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-200:] + done.stderr[-3000:]
    told: dict[str, list[Figure]] = defaultdict(list)
    for line in done.stdout.splitlines():
        if line.startswith("["):
            topic, *figure = json.loads(line)
            told[topic].append(tuple(figure))  # type: ignore[arg-type] # as `small` prints it
    return told


def test_every_topic_has_a_small_size_but_the_night() -> None:
    assert set(TOPICS) - set(SIZES) == {"night"}


@pytest.mark.parametrize("topic", BY_HAND)
def test_what_is_run_by_hand_has_its_sizes(topic: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module = importlib.import_module(f"bench.{topic}")
    for name in SIZES[topic]:
        monkeypatch.setattr(module, name, getattr(module, name))
    assert small.shrunk(topic) is module
    assert not inspect.signature(module.run).parameters


@pytest.mark.parametrize("topic", RUN)
def test_it_runs_and_says_its_figures(figures: dict[str, list[Figure]], topic: str) -> None:
    said = figures[topic]
    assert said
    assert all(name.strip() for name, *_ in said)
    for name, figure, unit, limit in said:
        assert unit in UNITS, (name, unit)
        assert math.isfinite(figure), name
        assert figure >= 0 or unit in MAY_BE_BELOW_ZERO, name
        assert limit is None or limit >= 0, name
    counted = [figure for name, figure, unit, limit in said if limit == 0 and wrong(name)]
    assert not any(counted), said


def wrong(name: str) -> bool:
    """Whether the figure counts what must never happen, on whatever machine."""
    return any(word in name for word in NOTHING_WRONG)
