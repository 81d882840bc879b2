"""After the sweeps: chains and paths fill what is still short.

A sweep asks one person at a time; a chain of two, or a path of any length within a slot, fills a
post for which no single person is left. These are the moves of a repair, with nobody to be told.
"""

from collections.abc import Callable

import numpy as np

from muster.planner.city.constraints import capacity, week
from muster.planner.city.problem import CityProblem, Lines, Whole
from muster.planner.city.repair import by_worth
from muster.planner.solvers import repair as kernel

ROUNDS = 3
AT_ONCE = 50
"""Posts between two looks at the clock."""
LARGEST = 1 << 23
"""People times slots beyond which nothing is polished: it would take some 40 bytes for each, and
more than its share of the time to look ahead."""


def polish(problem: CityProblem, plan: Lines, over: Callable[[], bool], threads: int = 2) -> Lines:
    """`plan` with fewer people short, at no higher cost; as far as it comes until it is `over`."""
    if plan.size > LARGEST:
        return plan
    present = capacity.present(problem, plan)
    nobody = np.zeros(problem.people, np.bool_)
    state = kernel.state_of(plan.copy(), present, week.shifts(problem, plan)[:, 0], nobody)
    job = kernel.job_of(kernel.city_arrays(problem), state, 0.0, 0)
    for _ in range(ROUNDS):
        short = np.maximum(problem.required - state.present, 0)
        kernel.look_ahead(job, threads, over)
        if not _fill(job, by_worth(problem, short, state.present), over):
            break
    polished: Lines = state.plan
    return polished


def _fill(job: kernel.Job, cells: Whole, over: Callable[[], bool]) -> bool:
    """Whether there is time for more, and something was filled."""
    filled = 0
    for first in range(0, len(cells), AT_ONCE):
        part = cells[first : first + AT_ONCE]
        for way in (kernel.fill, kernel.chain):
            if over():
                return False
            done = way(job, part)
            filled += int(done.sum())
            part = part[~done]
    return filled > 0
