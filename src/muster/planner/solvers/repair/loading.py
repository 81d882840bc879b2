"""Load the compiled loops before a clock runs: a process reads them from disk once."""

import numpy as np

from muster.planner.city.constraints import capacity, week
from muster.planner.city.generate import generate
from muster.planner.city.problem import FREE
from muster.planner.solvers.repair.ahead import look_ahead
from muster.planner.solvers.repair.chains import chain
from muster.planner.solvers.repair.fills import fill
from muster.planner.solvers.repair.job import city_arrays, job_of, state_of
from muster.planner.solvers.repair.sparing import spare

PEOPLE = 20


def load() -> None:
    """Mend the empty week of a tiny city, through every loop."""
    problem = generate(PEOPLE, 1)
    nobody = np.full((problem.people, problem.slots), FREE, np.int32)
    state = state_of(
        nobody.copy(),
        capacity.present(problem, nobody),
        week.shifts(problem, nobody)[:, 0],
        np.zeros(problem.people, np.bool_),
    )
    job = job_of(city_arrays(problem), state, 0.0, 0)
    cells = np.ascontiguousarray(np.argwhere(problem.required > 0))
    fill(job, cells[:1])
    look_ahead(job, 1)
    chain(job, cells[1:])
    spare(job, nobody, np.zeros(problem.people, np.bool_))
