"""Judges any plan of a city from the problem alone. Shares no code with the solvers."""

import math
from dataclasses import dataclass

import numpy as np

from muster.planner.city.constraints import HARD, SOFT, shortage
from muster.planner.city.errors import BadCityPlan, refuse
from muster.planner.city.finding import Finding
from muster.planner.city.problem import FREE, CityProblem, Lines, Whole


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a plan breaks and what it costs, item by item."""

    broken: tuple[Finding, ...]
    """The rules that are broken; none for a legal plan."""
    costs: tuple[Finding, ...]
    """Shortage first, then the soft part."""
    short_of_minimum: int
    short_of_required: int
    """People short, over all posts and slots."""
    shifts: int

    @property
    def legal(self) -> bool:
        return not self.broken

    @property
    def cost(self) -> float:
        return math.fsum(each.cost for each in self.costs)

    @property
    def soft(self) -> float:
        """The cost without shortage: travel, preference, load, change."""
        return math.fsum(each.cost for each in self.costs if each.name != shortage.NAME)

    @property
    def parts(self) -> dict[str, float]:
        return {each.name: each.cost for each in self.costs}

    def to_json(self) -> dict[str, object]:
        """For machines: cost, its parts, people short, each broken rule with first examples."""
        return {
            "legal": self.legal,
            "cost": self.cost,
            "parts": self.parts,
            "soft": self.soft,
            "short_of_minimum": self.short_of_minimum,
            "short_of_required": self.short_of_required,
            "shifts": self.shifts,
            "broken": {
                each.name: {
                    "count": each.count,
                    "first": [[b.person, b.line, b.slot] for b in each.examples],
                }
                for each in self.broken
            },
        }


def judge(problem: CityProblem, assignment: Lines, since: int = 0) -> Judgement:
    """Every broken rule and every cost of `assignment`, (P, T) lines.

    Args:
        since: the first slot that can still be changed; what happened before is judged by no rule,
            but counts for the week, rest and nights of what follows.

    Raises:
        BadCityPlan: it is no plan for this problem.
    """
    fits(problem, assignment)
    found = [rule.measure(problem, assignment, since) for rule in HARD]
    minimum, required = shortage.short(problem, assignment)
    short = Finding(shortage.NAME, int(required.sum()), shortage.cost(problem, minimum, required))
    return Judgement(
        broken=tuple(each for each in found if each.count),
        costs=(short, *(part.measure(problem, assignment) for part in SOFT)),
        short_of_minimum=int(minimum.sum()),
        short_of_required=int(required.sum()),
        shifts=int(np.count_nonzero(assignment != FREE)),
    )


def fits(problem: CityProblem, assignment: Whole) -> None:
    """Raise `BadCityPlan` unless `assignment` has the people, slots and lines of `problem`."""
    shape = (problem.people, problem.slots)
    if assignment.dtype.kind != "i" or assignment.shape != shape:
        reason = (
            f"it holds {assignment.dtype} of shape {assignment.shape}; the problem has "
            f"{shape[0]} people and {shape[1]} slots"
        )
        raise BadCityPlan(reason=reason)
    unknown = np.argwhere((assignment < FREE) | (assignment >= problem.lines))
    refuse(
        BadCityPlan,
        [
            f"person {p} in slot {t} is on line {assignment[p, t]}; there are {problem.lines}"
            for p, t in unknown.tolist()
        ],
    )
