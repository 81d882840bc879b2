"""The loops of a city's repair, compiled: direct fills, paths within a slot, chains across slots.

`City` holds the problem as arrays, `State` the plan as it changes. A *cell* is a line in a slot.
"""

from muster.planner.solvers.repair.ahead import look_ahead
from muster.planner.solvers.repair.chains import chain
from muster.planner.solvers.repair.fills import fill
from muster.planner.solvers.repair.job import City, Job, State, city_arrays, job_of, state_of
from muster.planner.solvers.repair.loading import load
from muster.planner.solvers.repair.sparing import spare

__all__ = [
    "City",
    "Job",
    "State",
    "chain",
    "city_arrays",
    "fill",
    "job_of",
    "load",
    "look_ahead",
    "spare",
    "state_of",
]
