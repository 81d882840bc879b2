"""Each person short of a post's minimum or required costs the line's weight."""

import math

import numpy as np

from muster.planner.city.constraints.capacity import present
from muster.planner.city.finding import Finding
from muster.planner.city.problem import CityProblem, Lines, Whole

NAME = "shortage"


def short(problem: CityProblem, assignment: Lines) -> tuple[Whole, Whole]:
    """(L, T) people short of the minimum, (L, T) people short of the required."""
    there = present(problem, assignment)
    return (
        np.maximum(problem.minimum - there, 0),
        np.maximum(problem.required - there, 0),
    )


def cost(problem: CityProblem, minimum: Whole, required: Whole) -> float:
    """The cost of so many people short, (L, T) each."""
    terms = (
        minimum.sum(axis=1) * problem.weight_minimum
        + required.sum(axis=1) * problem.weight_required
    )
    return math.fsum(terms.tolist())


def measure(problem: CityProblem, assignment: Lines, since: int = 0) -> Finding:
    """The cost over the whole week; `count` is the people short of the required."""
    minimum, required = short(problem, assignment)
    return Finding(NAME, count=int(required.sum()), cost=cost(problem, minimum, required))
