"""A city's week: gap by seconds, beside the clerk's greedy and a flow slot by slot.

`python -m bench city` runs the public files and the repair of the event that FORMAT.md tells of;
`--long` adds ten minutes for 40,000 people, `--large` 200,000 people and a million.
"""

import resource
import sys
import time
from pathlib import Path

from bench.peers_city import flow, greedy
from muster.planner.city.checker import judge
from muster.planner.city.event import apply, sealing
from muster.planner.city.files import load_problem
from muster.planner.city.generate import generate
from muster.planner.city.problem import CityProblem, Lines
from muster.planner.city.repair import fewest_changes, repair
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
LARGE_PEOPLE, EVENT_PEOPLE = 40_000, 500
TEN_MINUTES = (600.0, (1.2, None))
"""With `--long`: seconds, and the limits as above."""
SMALL_CASES, SMALL_PEOPLE, PLAN_SECONDS, EXACT_SECONDS = 12, 200, 2.0, 30.0
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
    figures += _small_repairs()
    if "--large" in sys.argv:
        figures += _large()
    return figures


def _ours(name: str, problem: CityProblem, best: float) -> list[Figure]:
    figures: list[Figure] = []
    limits = dict(LIMITS)
    if "--long" in sys.argv and problem.people >= LARGE_PEOPLE:
        limits.update([TEN_MINUTES])
    for seconds, (limit, own) in limits.items():
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
    if problem.people >= LARGE_PEOPLE:
        figures += _event(name, problem, solved.assignment)
    return figures


def _event(name: str, problem: CityProblem, plan: Lines) -> list[Figure]:
    """The event of FORMAT.md on the last plan."""
    after = apply(problem, plan, sealing(problem, people=EVENT_PEOPLE, seed=1))
    figures: list[Figure] = []
    for way, chains, seconds, told in (("direct", False, 0.1, None), ("chains", True, 1.0, 1080.0)):
        mended = repair(after.problem, plan, after.since, holes=after.holes, chains=chains)
        figures += [
            (f"{name}, event, {way}", mended.seconds, "s", seconds),
            (f"{name}, event, {way}: filled net", float(mended.filled), "people", None),
            (f"{name}, event, {way}: told", float(mended.told), "people", told),
        ]
    return figures


def _small_repairs() -> list[Figure]:
    """People with another week after a repair, for each that the exact reference needs."""
    changed = fewest = 0
    for seed in range(SMALL_CASES):
        problem = generate(SMALL_PEOPLE, seed)
        plan = solve(problem, PLAN_SECONDS).assignment
        after = apply(problem, plan, sealing(problem, people=SMALL_PEOPLE // 40, seed=seed))
        mended = repair(after.problem, plan, after.since, holes=after.holes)
        changed += mended.changed
        fewest += fewest_changes(
            after.problem, plan, after.since, mended.assignment, EXACT_SECONDS
        ).changed
    what = f"{SMALL_CASES} cities of {SMALL_PEOPLE}: people changed by a repair, of the fewest"
    return [(what, changed / max(1, fewest), "x", 1.2)]


def _large() -> list[Figure]:
    solved = solve(generate(200_000, 1), 120.0)
    figures: list[Figure] = [
        ("200,000 people, 120 s: proven by the run", 100 * solved.gap, "% gap", 5.0)
    ]
    first: list[float] = []
    solved = solve(generate(1_000_000, 1), 110.0, report=lambda each: first.append(each.seconds))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        *figures,
        ("1,000,000 people: first legal plan", first[0], "s", 120.0),
        ("1,000,000 people: all of it", solved.seconds, "s", 120.0),
        ("1,000,000 people: proven by the run", 100 * solved.gap, "% gap", None),
        ("1,000,000 people: peak memory", peak, "MB", 4096.0),
    ]
