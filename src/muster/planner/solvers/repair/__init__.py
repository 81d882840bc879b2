"""The loops of a city's repair, compiled: direct fills and chains of two moves.

`City` holds the problem as arrays, `State` the plan as it changes. A *cell* is a line in a slot.
"""

from muster.planner.solvers.repair.chains import chain
from muster.planner.solvers.repair.fills import fill, spare
from muster.planner.solvers.repair.job import ASK, City, Job, State, city_arrays, job_of
from muster.planner.solvers.repair.paths import path

__all__ = ["ASK", "City", "Job", "State", "chain", "city_arrays", "fill", "job_of", "path", "spare"]
