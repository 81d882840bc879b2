"""The seam: a problem in hours in, a plan with a reason for each person and each gap out.

A plan of up to seven days is one search. A longer one is made week by week; what a week has decided
is a commitment for the next. Nothing leaves the seam that the checker has not passed.
"""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from math import fsum

import numpy as np

from muster.planner import reasons
from muster.planner.checker import check
from muster.planner.city.checker import judge
from muster.planner.city.holding import holding
from muster.planner.city.incumbent import Incumbent
from muster.planner.city.problem import FREE, CityProblem, Lines
from muster.planner.city.repair import repair
from muster.planner.city.rules.solving import solve_with
from muster.planner.city.solving import Solved
from muster.planner.city.solving import solve as solve_city
from muster.planner.encoding import Week, in_reach, week_of
from muster.planner.errors import PlanBroken
from muster.planner.keeping import kept
from muster.planner.plan import Figures, Plan
from muster.planner.problem import WEEK, Commitment, Pin, Problem
from muster.planner.ruled import loosened
from muster.planner.watch import Watch

SOLVER = "city"
CELLS_A_SECOND = 20_000
"""People times slots that a second of search is worth when nobody says how long."""
LEAST, MOST = 3.0, 60.0
KEEPING = 0.05
"""Of the time, for what the rules beside the public format and the reach in hours ask at last."""
GOOD = 1e-3
"""A plan proven to be so near to the best needs no more time."""


def solve(problem: Problem, seconds: float | None = None, watch: Watch | None = None) -> Plan:
    """A checked plan for `problem`.

    Args:
        problem: what is to be planned.
        seconds: wall-clock time of the search; by the size of the problem when not said.
        watch: told of each better plan or bound, from any thread; its `stop` ends the search soon
            with the best plan so far.

    Raises:
        PlanBroken: the solver broke a rule; a fault of ours, the plan is thrown away.
    """
    started = time.monotonic()
    watch = watch or Watch()
    weeks = list(_weeks(problem))
    share = None if seconds is None else seconds / max(1, len(weeks))
    pairs: list[tuple[int, int]] = []
    figures: list[Figures] = []
    shown: list[tuple[Week | None, Lines | None, Problem]] = []
    for part in weeks:
        part_now = replace(part, commitments=(*part.commitments, *_commitments(problem, pairs)))
        week = week_of(part_now)
        lines = None
        if week is not None:
            lines, told = _search(week, share, watch)
            pairs += week.pairs(lines)
            figures.append(told)
        shown.append((week, lines, part_now))
    gaps = [g for week, lines, part in shown for g in reasons.gaps(part, week, lines, pairs)]
    plan = Plan(
        reasons.assignments(problem, pairs), tuple(gaps), SOLVER, time.monotonic() - started,
        _sum(figures),
    )  # fmt: skip
    broken = check(problem, plan)
    if broken:
        raise PlanBroken(solver=SOLVER, rule=broken[0].rule, count=len(broken))
    return plan


def _weeks(problem: Problem) -> Iterator[Problem]:
    """`problem` cut into the posts of seven days each, in time."""
    shifts = {shift.id: shift for shift in problem.shifts}
    left = sorted(problem.posts, key=lambda post: shifts[post.shift].start)
    while left:
        end = shifts[left[0].shift].start + WEEK
        now = [post for post in left if shifts[post.shift].start < end]
        ids = {post.id for post in now}
        own = tuple(post for post in problem.posts if post.id in ids)
        pins = tuple(pin for pin in problem.pins if pin.post in ids)
        bans = tuple(ban for ban in problem.bans if ban.post in ids)
        yield replace(problem, posts=own, pins=pins, bans=bans)
        left = left[len(now) :]


def _commitments(problem: Problem, pairs: list[tuple[int, int]]) -> Iterator[Commitment]:
    shifts = {shift.id: shift for shift in problem.shifts}
    at = {post.id: shifts[post.shift] for post in problem.posts}
    for person, post in pairs:
        yield Commitment(person, at[post].start, at[post].end)


def held_of(week: Week, pins: tuple[Pin, ...]) -> Lines:
    """(P, T) what is pinned."""
    return week.lines((pin.person, pin.post) for pin in pins)


def _search(week: Week, seconds: float | None, watch: Watch) -> tuple[Lines, Figures]:
    """The lines of a week with its pins, and what they cost."""
    started = time.monotonic()
    held = held_of(week, week.facts.pins)
    city = holding(week.city, held) if (held != FREE).any() else week.city
    if seconds is None:
        seconds = min(MOST, max(LEAST, city.people * city.slots / CELLS_A_SECOND))
    enough = watch.stop or threading.Event()
    done = threading.Event()

    def report(incumbent: Incumbent) -> None:
        if watch.report is not None:
            watch.report(incumbent)
        if incumbent.gap <= GOOD or enough.is_set():
            done.set()

    follower = _Follower(enough, done)
    if not week.rules.idle:
        rules = loosened(week.rules, held)
        share = (1 - KEEPING) * seconds
        solved = solve_with(city, rules, share, report=report, stop=follower)
        until = max(started + seconds, time.monotonic() + KEEPING * seconds)
        lines = kept(week, city, in_reach(week, solved.assignment), held, until)
    else:
        solved = solve_city(city, seconds, report=report, stop=follower)
        lines = np.where(held != FREE, held, in_reach(week, _mended(city, solved)))
    parts = judge(week.city, lines).parts
    floor = solved.bound + _least(week, held)
    return lines, Figures(parts, min(floor, fsum(parts.values())))


def _mended(city: CityProblem, solved: Solved) -> Lines:
    """What the search found, or what a repair makes of it when that is better."""
    mended = repair(city, solved.assignment, 0, charge=0.0)
    return mended.assignment if mended.judgement.cost < solved.cost else solved.assignment


class _Follower(threading.Event):
    """Set as soon as one of two events is: somebody said stop, or the plan is good enough."""

    def __init__(self, one: threading.Event, other: threading.Event) -> None:
        super().__init__()
        self.one, self.other = one, other

    def is_set(self) -> bool:
        return self.one.is_set() or self.other.is_set()


def _least(week: Week, held: Lines) -> float:
    """What the pinned shifts cost at least: their ways."""
    person, slot = np.nonzero(held != FREE)
    km = week.city.distance(person, held[person, slot])
    return float(km.sum()) + len(person) * week.city.base_travel_km


def _sum(figures: list[Figures]) -> Figures:
    """The parts added up; a bound only where one search decided everything."""
    parts: dict[str, float] = {}
    for each in figures:
        for name, cost in each.parts.items():
            parts[name] = parts.get(name, 0.0) + cost
    return Figures(parts, figures[0].bound if len(figures) == 1 else None)
