"""The seam for a problem with rules: a checked plan that keeps them, with a bound.

Two searches share the time. The first knows each person's own limits and which posts nobody can
lead; its bound is kept.
Mended, its plan says where the pinned and the teams serve. The second fills what is left, in
seats, and is mended too; the cheaper legal plan is taken. Every plan that keeps the rules is a
plan of the first problem at the same cost, so none can be below its bound.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from muster.planner.city.checker import Judgement
from muster.planner.city.errors import RulesUnmet, refuse
from muster.planner.city.finding import duties
from muster.planner.city.incumbent import Incumbent
from muster.planner.city.problem import FREE, CityProblem, Lines
from muster.planner.city.rules import presence
from muster.planner.city.rules.encoding import encode, most_shifts, near_pins
from muster.planner.city.rules.hopeless import closed, hopeless
from muster.planner.city.rules.judging import judge_with, said
from muster.planner.city.rules.mending import Mending
from muster.planner.city.rules.model import Rules
from muster.planner.city.solving import Solved, solve
from muster.planner.city.weeks import plain_week, week_of, weeks

PLAIN_SHARE = 0.4
"""Of the time, for the search without seats."""
MENDING_SHARE = 0.15
"""Of the time, for mending the plan in seats at most; teams and pins are placed within as much."""
MENDING = 1.5
"""Mending takes about so much of the time of placing teams and pins, where that is less."""
LAST_SECOND = 1.0
"""To mend what there is, when somebody says stop."""

Report = Callable[[Incumbent], None]
Search = partial[Solved]
"""`solve` with its threads and its stop event."""


class _Best:
    """The best mended plan so far."""

    def __init__(self, city: CityProblem, rules: Rules, report: Report | None) -> None:
        self.city, self.rules, self.report = city, rules, report
        self.started, self.bound = time.monotonic(), 0.0
        self.found: list[tuple[Judgement, Lines]] = []
        self.incumbents: list[Incumbent] = []

    def elapsed(self) -> float:
        return time.monotonic() - self.started

    def place(self, solved: Solved, until: float) -> float:
        """Take a plan in with pins and teams in place; the seconds that this took."""
        begun = self.elapsed()
        self.take(self._mending(solved.assignment, until).place(solved.prices))
        return self.elapsed() - begun

    def mend(self, assignment: Lines, until: float) -> None:
        """Take `assignment` in, mended, which ends soon after `until` (s since the start)."""
        self.take(self._mending(assignment, until).run())

    def _mending(self, assignment: Lines, until: float) -> Mending:
        return Mending(self.city, self.rules, assignment, until=self.started + until)

    def take(self, plan: Lines) -> None:
        """Keep `plan` beside those found before, the best one first."""
        self.found.append((judge_with(self.city, self.rules, plan), plan))
        self.found.sort(key=lambda each: (not each[0].legal, each[0].cost))
        judgement = self.found[0][0]
        if judgement.legal:
            self.incumbents.append(Incumbent(judgement.cost, self.bound, self.elapsed()))
            if self.report:
                self.report(self.incumbents[-1])

    def solved(self) -> Solved:
        """Raises `RulesUnmet` when no plan keeps the rules."""
        judgement, plan = self.found[0]
        refuse(RulesUnmet, [said(each) for each in judgement.broken])
        return Solved(plan, judgement, self.bound, self.elapsed(), tuple(self.incumbents))


def solve_with(
    city: CityProblem,
    rules: Rules,
    seconds: float = 60.0,
    *,
    threads: int = 2,
    report: Report | None = None,
    stop: threading.Event | None = None,
) -> Solved:
    """The best plan found in about `seconds`, mended to keep `rules`.

    A horizon of several weeks is planned week by week; its bound is the sum of theirs, each as if
    nothing were before or after it.

    Args:
        report: told of each better plan that keeps the rules.
        stop: once set, or on Ctrl-C, the search ends soon with the best plan so far.

    Raises:
        RulesUnmet: a pin could not be kept beside the other rules.
    """
    stop = stop or threading.Event()
    best = _Best(city, rules, report)
    search = partial(solve, threads=threads, stop=stop)
    if city.weeks > 1:
        _week_by_week(best, seconds, search)
    else:
        _search(best, seconds, search, city)
    return best.solved()


def _week_by_week(best: _Best, seconds: float, search: Search) -> None:
    """Each week after those before it, with its share of the time."""
    city, rules = best.city, best.rules
    plan = np.full((city.people, city.slots), FREE, np.int32)
    spared = limited(city, rules)
    for slots in weeks(city):
        week = _Best(week_of(spared, slots, plan[:, : slots.start]), rules.of(slots), None)
        share = seconds * (slots.stop - slots.start) / city.slots
        _search(week, share, search, plain_week(spared, slots))
        plan[:, slots] = week.solved().assignment
        best.bound += max(week.bound, 0.0)
    best.take(plan)


def _search(best: _Best, seconds: float, search: Search, bounding: CityProblem) -> None:
    """Both searches of one week. `bounding` is what the bound is of: the week, or more than it."""
    city, rules = best.city, best.rules
    nobody = np.full((city.people, city.slots), FREE, np.int32)
    posts = hopeless(bounding, rules)
    real, lost = closed(city, posts)
    of = None if bounding is city else limited(closed(bounding, posts)[0], rules)
    most, share = most_shifts(city, rules, nobody), seconds * PLAIN_SHARE
    plain = search(limited(real, rules), share, most=most, bounding=of)
    best.bound = plain.bound + lost
    mending = MENDING_SHARE * seconds
    placing = best.place(plain, best.elapsed() + mending)
    left = seconds - best.elapsed() - min(MENDING * placing, mending)
    if left <= 0 or search.keywords["stop"].is_set():
        best.mend(plain.assignment, _end(best, seconds, search))
        return
    seats = encode(real, rules, _placed(city, rules, best.found[0][1]))
    found = search(seats.city, left, most=seats.most)
    best.mend(seats.decode(found.assignment), _end(best, seconds, search))


def _end(best: _Best, seconds: float, search: Search) -> float:
    """When mending is to end (s since the start): there is always a moment left for it."""
    soon = best.elapsed() + LAST_SECOND
    return soon if search.keywords["stop"].is_set() else max(seconds, soon)


def limited(city: CityProblem, rules: Rules) -> CityProblem:
    """`city` without the slots for which its pins leave no room; each plan that keeps `rules` is a
    plan of it."""
    pin = np.zeros((city.people, city.slots), np.bool_)
    pin[rules.pinned[:, 0], rules.pinned[:, 2]] = True
    barred = near_pins(city, rules) & ~pin
    return replace(city, person_available=city.person_available & ~barred)


def _placed(city: CityProblem, rules: Rules, plan: Lines) -> Lines:
    """(P, T) the shifts of `plan` that are pins or serve a team, and those of others who bring to a
    post what these need there."""
    kept = np.repeat((rules.person_team >= 0)[:, None], city.slots, axis=1)
    kept[rules.pinned[:, 0], rules.pinned[:, 2]] = True
    placed = np.where(kept, plan, FREE).astype(np.int32)
    lacks = presence.lacking(city, rules, duties(placed))
    for q, t in np.argwhere(lacks).tolist():
        there = np.flatnonzero(plan[:, t] == q)
        for p in there[rules.person_tags[there] & lacks[q, t] != 0].tolist():
            if rules.person_tags[p] & lacks[q, t]:
                placed[p, t] = q
                lacks[q, t] &= ~rules.person_tags[p]
    return placed
