"""The seam for a problem with rules: a checked plan that keeps them, with a bound.

Two searches share the time: one without the rules, whose bound is kept, and one in seats. Both
plans are mended, the cheaper legal one is taken. Every plan that keeps the rules is a plan there
at the same cost, so no such plan can be below it.
"""

import threading
import time
from collections.abc import Callable
from functools import partial

from muster.planner.city.errors import RulesUnmet, refuse
from muster.planner.city.finding import Finding
from muster.planner.city.incumbent import Incumbent
from muster.planner.city.problem import CityProblem
from muster.planner.city.rules.encoding import can_encode, encode
from muster.planner.city.rules.judging import judge_with
from muster.planner.city.rules.mending import Mending
from muster.planner.city.rules.model import Rules
from muster.planner.city.solving import Solved, solve

PLAIN_SHARE = 0.5
"""Of the time, for the search without rules."""


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

    `report` hears of the plan at the end only: before it, no plan keeps the rules.

    Raises:
        RulesUnmet: a pin could not be kept beside the other rules.
    """
    started = time.monotonic()
    search = partial(solve, threads=threads, stop=stop)
    share = PLAIN_SHARE if can_encode(city) else 1.0
    plain = search(city, seconds * share)
    plans = [Mending(city, rules, plain.assignment).run()]
    if can_encode(city):
        seats = encode(city, rules)
        left = max(seconds - (time.monotonic() - started), seconds / 4)
        found = seats.decode(search(seats.city, left).assignment)
        plans.append(Mending(city, rules, found).run())
    judged = [(judge_with(city, rules, plan), plan) for plan in plans]
    judgement, plan = min(judged, key=lambda each: (not each[0].legal, each[0].cost))
    refuse(RulesUnmet, [_said(each) for each in judgement.broken])
    last = Incumbent(judgement.cost, plain.bound, time.monotonic() - started)
    if report is not None:
        report(last)
    return Solved(plan, judgement, plain.bound, last.seconds, (last,))


def _said(finding: Finding) -> str:
    at = finding.examples[0]
    where = f"person {at.person} on line {at.line} in slot {at.slot}"
    return f"{finding.name} is broken {finding.count} times, first by {where}"
