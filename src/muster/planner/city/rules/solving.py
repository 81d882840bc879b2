"""The seam for a problem with rules: a checked plan that keeps them, with a bound.

The bound is that of the problem without the rules. Every plan that keeps the rules is a plan there
at the same cost, so no such plan can be below it.
"""

import threading
from collections.abc import Callable
from dataclasses import replace

from muster.planner.city.errors import RulesUnmet, refuse
from muster.planner.city.finding import Finding
from muster.planner.city.incumbent import Incumbent
from muster.planner.city.problem import CityProblem
from muster.planner.city.rules.judging import judge_with
from muster.planner.city.rules.mending import Mending
from muster.planner.city.rules.model import Rules
from muster.planner.city.solving import Solved, solve


def solve_with(
    city: CityProblem,
    rules: Rules,
    seconds: float = 60.0,
    *,
    threads: int = 2,
    report: Callable[[Incumbent], None] | None = None,
    stop: threading.Event | None = None,
) -> Solved:
    """The best plan found in about `seconds`, mended to keep `rules`; mending comes on top.

    Raises:
        RulesUnmet: a pin could not be kept beside the other rules.
    """
    found = solve(city, seconds, threads, report, stop)
    plan = Mending(city, rules, found.assignment).run()
    judgement = judge_with(city, rules, plan)
    refuse(RulesUnmet, [_said(each) for each in judgement.broken])
    return replace(found, assignment=plan, judgement=judgement)


def _said(finding: Finding) -> str:
    at = finding.examples[0]
    where = f"person {at.person} on line {at.line} in slot {at.slot}"
    return f"{finding.name} is broken {finding.count} times, first by {where}"
