"""A city's week: gap by seconds, beside the clerk's greedy and a flow slot by slot.

`python -m bench city` runs the public files; `--large` adds 200,000 people.
"""

import sys
import time
from pathlib import Path

from bench.peers_city import flow, greedy
from muster.planner.city.checker import judge
from muster.planner.city.files import load_problem
from muster.planner.city.generate import generate
from muster.planner.city.problem import CityProblem
from muster.planner.city.solving import solve
from muster.planner.solvers.warm import warm

CITY = Path(__file__).parents[2] / "shared" / "bench" / "city"
BEST_BOUND = {"city-40k-seed1": 2_237_272.0, "city-4k-seed1": 240_967.0}
"""Bounds proven elsewhere (FORMAT.md beside the files)."""
LIMITS: dict[float, tuple[float | None, float | None]] = {
    5.0: (8.0, None),
    20.0: (3.0, None),
    60.0: (None, 2.0),
}
"""By seconds: gap to the best bound known, and gap proven by the run, per cent."""
type Figure = tuple[str, float, str, float | None]


def run() -> list[Figure]:
    """Figures of every public file; nothing where the files are absent."""
    warm()
    figures: list[Figure] = []
    for name, best in BEST_BOUND.items():
        path = CITY / f"{name}.npz"
        if not path.exists():
            print(f"{path} is not there: skipped")
            continue
        problem = load_problem(path)
        for peer, plan_of in (("greedy by priority", greedy), ("flow slot by slot", flow)):
            started = time.monotonic()
            judged = judge(problem, plan_of(problem))
            took = time.monotonic() - started
            assert judged.legal
            gap = 100 * (judged.cost - best) / judged.cost
            figures.append((f"{name}, peer: {peer}, {took:.1f} s", gap, "% gap", None))
        figures += _ours(name, problem, best)
    if "--large" in sys.argv:
        figures += _large()
    return figures


def _ours(name: str, problem: CityProblem, best: float) -> list[Figure]:
    figures: list[Figure] = []
    for seconds, (limit, own) in LIMITS.items():
        solved = solve(problem, seconds)
        gap = 100 * (solved.cost - best) / solved.cost
        figures.append((f"{name}, {seconds:.0f} s: to the best bound known", gap, "% gap", limit))
        figures.append(
            (f"{name}, {seconds:.0f} s: proven by the run", 100 * solved.gap, "% gap", own)
        )
        figures.append(
            (f"{name}, {seconds:.0f} s: short of minimum",
             float(solved.judgement.short_of_minimum), "people", None)
        )  # fmt: skip
    return figures


def _large() -> list[Figure]:
    solved = solve(generate(200_000, 1), 120.0)
    return [("200,000 people, 120 s: proven by the run", 100 * solved.gap, "% gap", 5.0)]
