"""The seam: one call, any solver, and nothing leaves it that the checker has not passed."""

import time
from importlib import import_module

from muster.planner.checker import check
from muster.planner.draft import Draft
from muster.planner.errors import PlanBroken
from muster.planner.plan import Plan
from muster.planner.problem import Problem

SOLVERS = ("flow", "greedy")


def solve(problem: Problem, seconds: float = 10.0, solver: str = "flow") -> Plan:
    """A checked plan for `problem` in about `seconds`.

    Args:
        problem: what is to be planned.
        seconds: wall-clock time after which the rest is filled the quick way.
        solver: one of `SOLVERS`; the library behind it is loaded on first use.

    Raises:
        ValueError: an unknown solver.
        PlanBroken: the solver broke a rule; a fault of ours, the plan is thrown away.
    """
    if solver not in SOLVERS:
        raise ValueError(f"unknown solver {solver!r}, there are {', '.join(SOLVERS)}")
    started = time.monotonic()
    draft = Draft(problem)
    import_module(f"muster.planner.solvers.{solver}").run(draft, started + seconds)
    plan = draft.finish(solver, time.monotonic() - started)
    broken = check(problem, plan)
    if broken:
        raise PlanBroken(solver=solver, rule=broken[0].rule, count=len(broken))
    return plan
