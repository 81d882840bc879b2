"""Station rosters of the public shift-scheduling benchmark: ours, plain CP-SAT, and what was
published, each as its gap to the best known cost.

``python -m bench stations [INSTANCE…] [--minutes M]``; without instances the small ones, two
minutes each. The instances lie beside the repository (or where MUSTER_SHARED says).
"""

import csv
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from ortools.sat.python import cp_model

from muster.planner.stations.problem import SATURDAY, WEEK, Member, StationProblem
from muster.planner.stations.reading import read_instance
from muster.planner.stations.solving import solve

SHARED = Path(os.environ.get("MUSTER_SHARED", Path(__file__).parents[2] / "shared"))
FOLDER = SHARED / "bench" / "nrp"
SMALL = ("1", "2", "3", "4", "5", "6", "7", "9", "10", "11")
PUBLISHED = ("ejection_chain_10min", "gurobi_10min", "branch_and_price_60min")
THREADS = 2
MINUTES = 2.0
"""Of each, where the command does not say."""
type Figure = tuple[str, float, str, float | None]


def run() -> Iterator[Figure]:
    """(name, figure, unit, limit): costs, gaps in per cent, seconds; the limit is issue 5's."""
    if not FOLDER.is_dir():
        return
    instances, minutes = _asked(sys.argv[1:])
    with (FOLDER / "best_known.csv").open(encoding="utf-8") as file:
        known = {row["instance"]: row for row in csv.DictReader(file)}
    for name in instances:
        problem = read_instance((FOLDER / f"Instance{name}.txt").read_text("utf-8"))
        yield from _one(name, problem, known.get(name, {}), 60 * minutes)


def _asked(words: list[str]) -> tuple[list[str], float]:
    minutes = MINUTES
    if "--minutes" in words:
        minutes = float(words[words.index("--minutes") + 1])
        words = words[: words.index("--minutes")]
    return [word for word in words if word.isdigit()] or list(SMALL), minutes


def _one(
    name: str, problem: StationProblem, row: dict[str, str], seconds: float
) -> Iterator[Figure]:
    solution = solve(problem, seconds, THREADS)
    limit = 1.0 if int(name) <= 12 else 5.0
    reached = next(i.seconds for i in solution.incumbents if i.cost == solution.cost)
    best = int(row["best_known_ub"]) if row else solution.cost
    yield f"{name}: cost (best known {best})", solution.cost, "", None
    yield f"{name}: gap to the best known", _gap(solution.cost, best), "% over", limit
    yield (
        f"{name}: gap proven in the run (bound {solution.bound})",
        100 * solution.gap,
        "% of it",
        None,
    )
    yield f"{name}: seconds to that cost", reached, "s", None
    yield f"{name}: seconds in all", solution.seconds, "s", None
    started = time.perf_counter()
    cost, bound = plain_cp_sat(problem, seconds)
    spent = time.perf_counter() - started
    yield f"{name}: plain CP-SAT, {spent:.0f} s, bound {bound}", _gap(cost, best), "% over", None
    for column in PUBLISHED:
        if row.get(column):
            words = column.replace("_", " ")
            yield f"{name}: published, {words}", _gap(int(row[column]), best), "% over", None


def _gap(cost: float, best: int) -> float:
    return 100 * (cost - best) / best


class _Plain:
    """The model as it would be written down first: a Boolean for each member, day and shift."""

    def __init__(self, problem: StationProblem) -> None:
        self.problem, self.model = problem, cp_model.CpModel()
        self.days = range(problem.days)
        self.x = {
            (m.id, d, s.id): self.model.new_bool_var("")
            for m in problem.members for d in self.days for s in problem.shifts
        }  # fmt: skip
        self.cost: list[cp_model.LinearExprT] = []

    def member(self, member: Member) -> None:
        model, problem, x = self.model, self.problem, self.x
        works = [sum(x[member.id, d, s.id] for s in problem.shifts) for d in self.days]
        for day in self.days:
            model.add(works[day] <= (0 if day in member.days_off else 1))
            for first in problem.shifts if day else ():
                for then in first.forbids:
                    model.add(x[member.id, day - 1, first.id] + x[member.id, day, then] <= 1)
        for shift, most in member.max_shifts.items():
            model.add(sum(x[member.id, d, shift] for d in self.days) <= most)
        minutes = sum(s.minutes * x[member.id, d, s.id] for d in self.days for s in problem.shifts)
        model.add_linear_constraint(minutes, member.min_minutes, member.max_minutes)
        weekends = []
        for saturday in range(SATURDAY, problem.days, WEEK):
            weekends.append(model.new_bool_var(""))
            for day in range(saturday, min(saturday + 2, problem.days)):
                model.add(works[day] <= weekends[-1])
        model.add(sum(weekends) <= member.max_weekends)
        self.runs(member, works)

    def runs(self, member: Member, works: list[cp_model.LinearExprT]) -> None:
        model, days = self.model, self.problem.days
        for day in range(days - member.max_run):
            model.add(sum(works[day : day + member.max_run + 1]) <= member.max_run)
        for size in range(1, member.min_run):
            for day in range(1, days - size):
                inside = sum(works[day : day + size])
                model.add(works[day - 1] + size - inside + works[day + size] >= 1)
        for size in range(1, member.min_off):
            for day in range(1, days - size):
                inside = sum(works[day : day + size])
                model.add(works[day - 1] - inside + works[day + size] <= 1)

    def costs(self) -> None:
        for each in self.problem.requests:
            works = self.x[each.member, each.day, each.shift]
            self.cost.append(each.weight * (1 - works if each.wanted else works))
        for cover in self.problem.covers:
            most = len(self.problem.members) + cover.required
            under, over = (self.model.new_int_var(0, most, "") for _ in range(2))
            present = sum(self.x[m.id, cover.day, cover.shift] for m in self.problem.members)
            self.model.add(present + under - over == cover.required)
            self.cost.append(cover.under * under + cover.over * over)


def plain_cp_sat(problem: StationProblem, seconds: float) -> tuple[float, int]:
    """Cost (infinite without a roster) and bound of CP-SAT on the model written down plainly."""
    plain = _Plain(problem)
    for member in problem.members:
        plain.member(member)
    plain.costs()
    plain.model.minimize(sum(plain.cost))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = THREADS
    status = solver.solve(plain.model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    cost = round(solver.objective_value) if found else float("inf")
    return cost, round(solver.best_objective_bound)
