"""Small cities on which everything can be tried out."""

from dataclasses import replace
from itertools import pairwise, product
from typing import Any

import numpy as np

from muster.planner.city.generate import generate
from muster.planner.city.problem import CityProblem
from muster.planner.solvers.city.reach import City, city_of
from muster.planner.solvers.city.tables import CLOSED, SCALE, Ints

LOADS = ([0.0, 0.0, 1.0, 3.0, 6.0, 10.0], [12.0, 4.0, 0.0, 0.0, 1.0, 9.0])
"""Costs of a week with 0 to 5 shifts: as usual, and with idle people who should rather serve."""


def small(people: int = 200, seed: int = 1, **rules: Any) -> tuple[CityProblem, City]:
    """An invented city of `people` with other `rules`, and the same as the kernels read it."""
    problem = replace(generate(people, seed), **rules)
    return problem, city_of(problem)


def random_prices(problem: CityProblem, seed: int, most: float = 60.0) -> Ints:
    """(L, T) whole units, `CLOSED` where nobody is wanted."""
    chance = np.random.default_rng(seed)
    price = (chance.random(problem.required.shape) * most * SCALE).astype(np.int64)
    return np.where(problem.required > 0, price, CLOSED)


def all_weeks(problem: CityProblem, slots: list[int]) -> list[tuple[int, ...]]:
    """Every set of `slots` that one person may work in a week, by the rules as they are written."""
    rest, day = problem.rest_slots, problem.slots_a_day
    found = []
    for chosen in product((False, True), repeat=len(slots)):
        week = tuple(s for s, yes in zip(slots, chosen, strict=True) if yes)
        nights = {s // day for s in week if s % day == 0}
        most = problem.max_nights_in_a_row
        rested = all(b - a > rest for a, b in pairwise(week))
        in_a_row = any({*range(n, n + most + 1)} <= nights for n in nights)
        if rested and not in_a_row and len(week) <= problem.max_shifts:
            found.append(week)
    return found
