"""Compile the kernels before anybody waits for them: `python -m muster.planner.solvers.warm`.

What is compiled is kept on disk beside the modules; this runs once, at set-up.
"""

import sys

import numpy as np

from muster.planner.city.event import apply, sealing
from muster.planner.city.generate import generate
from muster.planner.city.problem import CityProblem
from muster.planner.city.repair import repair
from muster.planner.city.solving import Solved
from muster.planner.city.solving import solve as solve_city
from muster.planner.sites.problem import by_position
from muster.planner.sites.solving import solve as solve_sites
from muster.planner.solvers.stations.contract import Pricer
from muster.planner.solvers.stations.wishes import Wishes
from muster.planner.stations.problem import StationProblem
from muster.planner.stations.reading import read_instance
from muster.planner.stations.solving import solve as solve_station

PEOPLE = 60
SECONDS = 1.0
TRIES = 5
"""Searches of a city until one has got as far as a bound: the first ones spend their second on
compiling, and leave out the steps for which no time is left."""
CREW = """
SECTION_HORIZON
14

SECTION_SHIFTS
D,480,

SECTION_STAFF
A,D=14,4320,960,5,2,2,1
B,D=14,4320,960,5,2,2,1

SECTION_DAYS_OFF
A,0

SECTION_SHIFT_ON_REQUESTS
A,2,D,2

SECTION_SHIFT_OFF_REQUESTS
B,3,D,3

SECTION_COVER
0,D,1,100,1
1,D,1,100,1
"""


def warm() -> tuple[float, int]:
    """Solve and repair a tiny city, solve a tiny station, place two sites; the first two costs."""
    problem = generate(PEOPLE, 1)
    city = _city(problem)
    after = apply(problem, city.assignment, sealing(problem, people=PEOPLE // 10, seed=1))
    repair(after.problem, city.assignment, after.since, holes=after.holes)
    crew = read_instance(CREW)
    station = solve_station(crew, seconds=SECONDS)
    _finish(crew)
    corners = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0]])
    for capacity in (None, 2.0):
        solve_sites(by_position(corners, np.ones(3), 2, capacity), SECONDS, shakes=2)
    return city.cost, station.cost


def _city(problem: CityProblem) -> Solved:
    for _ in range(TRIES - 1):
        solved = solve_city(problem, seconds=SECONDS)
        if solved.bound > 0:
            return solved
    return solve_city(problem, seconds=SECONDS)


def _finish(crew: StationProblem) -> None:
    """List a member's schedules, as the exact finish does; so small a crew never comes to it."""
    wishes = Wishes.of(crew)
    free = wishes.cells(0, np.zeros_like(wishes.required))
    Pricer(crew).listed(0, free, most=0, room=1)


if __name__ == "__main__":
    warm()
    sys.stdout.write("kernels compiled\n")
