"""A plan in the making: who is free for a post, and one assignment after another."""

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from muster.planner import explain
from muster.planner.diary import Diaries
from muster.planner.plan import Assignment, Plan
from muster.planner.problem import Post, Problem
from muster.planner.reach import Flags, Reach, Verdict

# Costs in tenths of a kilometre: a shift already served, another role that would be tied up.
SHIFT_COST = 20.0
ROLE_COST = 3.0


class Draft:
    """Shared by all solvers, so that each decides only who goes where."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.reach = Reach(problem)
        self.diaries = Diaries(problem)
        self.assignments: list[Assignment] = []
        self.filled: Counter[int] = Counter()
        people = problem.people
        spare = (ROLE_COST * (max(0, p.roles).bit_count() - 1) for p in people)
        self._cost = np.fromiter(spare, np.float64, len(people))

    def in_time_order(self) -> list[list[Post]]:
        """Posts by shift, the earliest shift first."""
        by_shift: dict[int, list[Post]] = {}
        for post in self.problem.posts:
            by_shift.setdefault(post.shift, []).append(post)
        order = sorted(by_shift, key=lambda s: (self.reach.shifts[s].start, s))
        return [by_shift[shift] for shift in order]

    def barred(self, shift: int) -> Flags:
        """Over people: whose diary does not allow this shift."""
        flags = np.zeros(len(self.problem.people), np.bool_)
        when = self.reach.shifts[shift]
        for person in self.diaries.busy_people():
            if self.diaries.bar(person, when) is not None:
                flags[self.reach.index_of[person]] = True
        return flags

    def cheapest(self, verdict: Verdict, barred: Flags, limit: int) -> NDArray[np.intp]:
        """Positions of at most `limit` candidates whose diary is free, the cheapest first."""
        free = np.flatnonzero(verdict.candidates & ~barred)
        cost = self.costs(verdict, free)
        if len(free) > limit:
            part = np.argpartition(cost, limit - 1)[:limit]
            free, cost = free[part], cost[part]
        return free[np.lexsort((free, cost))]

    def costs(self, verdict: Verdict, who: NDArray[np.intp]) -> NDArray[np.float64]:
        """What it costs to send each of `who`, in tenths of a kilometre."""
        return np.asarray(verdict.km[who] * 10 + self._cost[who], np.float64)

    def assign(self, post: Post, index: int, km: float) -> None:
        """Put the person at position `index`, who lives `km` away, at `post`; write the diary."""
        self.assignments.append(explain.assignment(self.reach, self.diaries, post, index, km))
        self.diaries.take(self.problem.people[index].id, self.reach.shift_of(post), post.id)
        self.filled[post.id] += 1
        self._cost[index] += SHIFT_COST

    def finish(self, solver: str, seconds: float) -> Plan:
        """The plan with its gaps explained."""
        gaps = explain.gaps(self.problem, self.reach, self.diaries, self.assignments)
        return Plan(tuple(self.assignments), gaps, solver, seconds)
