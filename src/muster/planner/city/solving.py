"""The seam: a city's problem in, a checked plan with a proven bound out."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module

import numpy as np

from muster.planner.city.checker import Judgement, judge
from muster.planner.city.incumbent import Found, Incumbent, gap
from muster.planner.city.problem import FREE, CityProblem, Lines, Reals, Whole
from muster.planner.city.weeks import plain_week, week_of, weeks
from muster.planner.errors import PlanBroken

SOLVER = "muster.planner.solvers.city.portfolio"


@dataclass(frozen=True, slots=True)
class Solved:
    """A plan that keeps every rule, how it was judged, and the bound no plan can be below."""

    assignment: Lines
    """(P, T) the line, or -1."""
    judgement: Judgement
    bound: float
    seconds: float
    incumbents: tuple[Incumbent, ...]
    prices: Reals | None = None
    """(L, T) as `Found` has them; None for several weeks."""

    @property
    def cost(self) -> float:
        return self.judgement.cost

    @property
    def gap(self) -> float:
        """By which share of its cost the plan could at most be too dear."""
        return gap(self.cost, self.bound)

    def to_json(self) -> dict[str, object]:
        """For machines."""
        return {
            **self.judgement.to_json(),
            "bound": self.bound,
            "gap": self.gap,
            "seconds": self.seconds,
            "incumbents": [
                {"seconds": i.seconds, "cost": i.cost, "bound": i.bound, "gap": i.gap}
                for i in self.incumbents
            ],
        }


def solve(
    problem: CityProblem,
    seconds: float = 60.0,
    threads: int = 2,
    report: Callable[[Incumbent], None] | None = None,
    stop: threading.Event | None = None,
    *,
    cluster: bool = False,
    most: Whole | None = None,
    bounding: CityProblem | None = None,
) -> Solved:
    """The best plan found in about `seconds` of wall-clock time.

    A horizon of several weeks is planned week by week; its bound is the sum of theirs, each as if
    nothing were before or after it.

    Args:
        report: told of each better plan or bound, from any thread; of one week only.
        stop: once set, the search ends soon with the best plan so far.
        cluster: ask people for their weeks on a Ray cluster (`muster[cluster]`), district by
            district; starting it is not counted.
        most: (P,) shifts of each person at most, where fewer than the problem allows.
        bounding: one week of which the bound is, where that is another problem than what is
            searched: one in which all of this one's plans are plans, at no higher cost.

    Raises:
        NoCluster: Ray is not installed, or its cluster does not answer.
        PlanBroken: the solver broke a rule; a fault of ours, the plan is thrown away.
    """
    if problem.weeks > 1:
        search = partial(solve, threads=threads, stop=stop, cluster=cluster, most=most)
        return _week_by_week(problem, seconds, search)
    run: Callable[..., Found] = import_module(SOLVER).run
    incumbents: list[Incumbent] = []

    def note(incumbent: Incumbent) -> None:
        incumbents.append(incumbent)
        if report is not None:
            report(incumbent)

    started = time.monotonic()
    found = run(
        problem, seconds, threads, note, stop, cluster=cluster, most=most, bounding=bounding
    )
    took = time.monotonic() - started
    judgement = checked(problem, found.assignment)
    return Solved(found.assignment, judgement, found.bound, took, tuple(incumbents), found.prices)


def _week_by_week(problem: CityProblem, seconds: float, search: Callable[..., Solved]) -> Solved:
    """Each week after those before it, with its share of the time."""
    started = time.monotonic()
    plan, bound = np.full((problem.people, problem.slots), FREE, np.int32), 0.0
    for slots in weeks(problem):
        week = week_of(problem, slots, plan[:, : slots.start])
        share = seconds * (slots.stop - slots.start) / problem.slots
        solved = search(week, share, bounding=plain_week(problem, slots))
        plan[:, slots] = solved.assignment
        bound += max(solved.bound, 0.0)
    judgement = checked(problem, plan)
    took = time.monotonic() - started
    return Solved(plan, judgement, bound, took, (Incumbent(judgement.cost, bound, took),))


def checked(problem: CityProblem, assignment: Lines, since: int = 0) -> Judgement:
    """The judgement of a plan that is about to leave the package.

    Raises:
        PlanBroken: it breaks a rule from slot `since` on.
    """
    judgement = judge(problem, assignment, since)
    for each in judgement.broken:
        raise PlanBroken(solver="city", rule=each.name, count=each.count)
    return judgement
