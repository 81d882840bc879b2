"""Sites on the OR-Library's graphs pmed1-20: gap to the optimum and the gap proven by the run.

A capacitated estate follows: its gap is to the run's own bound.
"""

import csv
import os
import time
from pathlib import Path

import numpy as np

from muster.planner.sites.checker import judge
from muster.planner.sites.problem import by_position
from muster.planner.sites.reading import read_instance
from muster.planner.sites.solving import solve
from muster.planner.solvers.sites.interchange import greedy

SHARED = Path(os.environ.get("MUSTER_SHARED", Path(__file__).parents[2] / "shared"))
FOLDER = SHARED / "bench" / "pmedian"
SECONDS = 5.0
SHAKES = 100
type Figure = tuple[str, float, str, float | None]


def run() -> list[Figure]:
    """(name, figure, unit, limit); the peer is plain greedy."""
    figures: list[Figure] = []
    if FOLDER.is_dir():
        figures += _library()
    return [*figures, *_estate()]


def _library() -> list[Figure]:
    with (FOLDER / "best_known.csv").open(encoding="utf-8") as file:
        best = {row["instance"]: float(row["optimal"]) for row in csv.DictReader(file)}
    gaps, plain, figures = [], [], list[Figure]()
    for name, optimum in sorted(best.items(), key=lambda item: int(item[0][4:])):
        path = FOLDER / f"{name}.txt"
        if not path.exists():
            continue
        problem = read_instance(path.read_text("utf-8"))
        found = solve(problem, SECONDS)
        assert not judge(problem, found.opened, found.goes_to).broken
        gaps.append(100 * (found.cost / optimum - 1))
        start = problem.cost[greedy(problem.cost, problem.sites)].min(axis=0).sum()
        plain.append(100 * (start / optimum - 1))
        what = f"{name}: {problem.candidates} vertices, {problem.sites} sites"
        figures.append((f"{what}, {found.seconds:.1f} s", gaps[-1], "% gap", 1.0))
        figures.append((f"{name}: proven by the run", 100 * found.gap, "% gap", None))
    return [
        *figures,
        (f"{len(gaps)} graphs: mean gap to the optimum", float(np.mean(gaps)), "% gap", 0.5),
        ("peer: greedy, mean gap", float(np.mean(plain)), "% gap", None),
    ]


def _estate() -> list[Figure]:
    random = np.random.default_rng(1)
    people = random.integers(100, 500, 120).astype(float)
    problem = by_position(random.uniform(0, 1500, (120, 2)), people, 14, 3_000)
    started = time.perf_counter()
    found = solve(problem, seconds=60, shakes=SHAKES)
    took = time.perf_counter() - started
    assert not judge(problem, found.opened, found.goes_to).broken
    return [
        ("120 buildings, 14 sites of 3,000 people: proven by the run", 100 * found.gap, "% gap", 3),
        (f"the same: {SHAKES} shakes", took, "s", None),
    ]
