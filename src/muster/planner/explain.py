"""The reason for each assignment and each gap, read off the finished plan."""

from collections import Counter
from collections.abc import Iterable

import numpy as np

from muster.planner.diary import Diaries
from muster.planner.plan import Assignment, Bar, Gap, Why
from muster.planner.problem import Post, Problem
from muster.planner.reach import Flags, Reach, Verdict

_ORDER = tuple(Bar)


def assignment(
    reach: Reach, diaries: Diaries, post: Post, index: int, verdict: Verdict
) -> Assignment:
    """Why the person at position `index` stands at `post`; asked before the diary is written."""
    person = reach.problem.people[index]
    km = float(verdict.km[index])
    earlier = diaries.earlier(person.id, reach.shift_of(post))
    return Assignment(person.id, post.id, _why(reach, post, index, km), round(km, 2), earlier)


def _why(reach: Reach, post: Post, index: int, km: float) -> Why:
    place, home = reach.places[post.place], reach.places[reach.problem.people[index].home]
    if home.held_in is not None:
        return Why.INSIDE_ZONE
    if place.closed_in is not None and place.closed_in not in home.path:
        return Why.IN_SUIT
    if home.id in place.path or place.id in home.path:
        return Why.AT_HOME
    return Why.NEAREST if km <= 2.0 else Why.REACHABLE


def gaps(
    problem: Problem, reach: Reach, diaries: Diaries, filled: Iterable[Assignment]
) -> tuple[Gap, ...]:
    """Every post that is short with what bars everybody else who holds its role."""
    at_post: dict[int, list[int]] = {}
    for each in filled:
        at_post.setdefault(each.post, []).append(each.person)
    found = []
    for post in problem.posts:
        there = at_post.get(post.id, [])
        if len(there) < post.required:
            found.append(_gap(reach, diaries, post, there))
    return tuple(found)


def _gap(reach: Reach, diaries: Diaries, post: Post, there: list[int]) -> Gap:
    counts = bars(reach, diaries, post, there)
    reason = max(counts, key=_ORDER.index, default=Bar.NOBODY_HAS_ROLE)
    return Gap(
        post=post.id,
        short=post.required - len(there),
        short_of_minimum=max(0, post.minimum - len(there)),
        reason=reason,
        counts=tuple((bar, counts[bar]) for bar in _ORDER if bar in counts),
    )


def bars(reach: Reach, diaries: Diaries, post: Post, there: Iterable[int]) -> Counter[Bar]:
    """How many holders of the role each bar stops, those at the post not counted. Nobody is counted
    twice: the first bar that stops a person is his."""
    verdict = reach.verdict(post)
    left: Flags = verdict.holders.copy()
    for person in there:
        left[reach.index_of[person]] = False
    counts: Counter[Bar] = Counter()
    for bar, passes in verdict.passes:
        stopped = int(np.count_nonzero(left & ~passes))
        if stopped:
            counts[bar] = stopped
        left &= passes
    shift = reach.shift_of(post)
    for index in np.flatnonzero(left):
        found = diaries.bar(reach.problem.people[index].id, shift)
        if found is not None:
            counts[found] += 1
    return counts
