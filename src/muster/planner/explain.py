"""The reason for each assignment and each gap, read off the finished plan."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from muster.planner.diary import Diaries
from muster.planner.plan import Assignment, Bar, Gap, Why
from muster.planner.problem import Post, Problem, Shift
from muster.planner.reach import Flags, Reach

Codes = NDArray[np.int8]
_ORDER = tuple(Bar)


def assignment(reach: Reach, diaries: Diaries, post: Post, index: int, km: float) -> Assignment:
    """Why the person at position `index` stands at `post`; asked before the diary is written."""
    person = reach.problem.people[index]
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
    books: dict[int, Codes] = {}
    found = []
    for post in problem.posts:
        there = at_post.get(post.id, [])
        if len(there) < post.required:
            if post.shift not in books:
                books[post.shift] = _diary_bars(reach, diaries, reach.shift_of(post))
            found.append(_gap(reach, books[post.shift], post, there))
    return tuple(found)


def _diary_bars(reach: Reach, diaries: Diaries, shift: Shift) -> Codes:
    """Over people: the place in `Bar` of what their diary says to the shift, -1 for nothing."""
    codes = np.full(len(reach.problem.people), -1, np.int8)
    for person in diaries.busy_people():
        bar = diaries.bar(person, shift)
        if bar is not None:
            codes[reach.index_of[person]] = _ORDER.index(bar)
    return codes


def _gap(reach: Reach, book: Codes, post: Post, there: list[int]) -> Gap:
    counts = _bars(reach, book, post, there)
    reason = max(counts, key=_ORDER.index, default=Bar.NOBODY_HAS_ROLE)
    return Gap(
        post=post.id,
        short=post.required - len(there),
        short_of_minimum=max(0, post.minimum - len(there)),
        reason=reason,
        counts=tuple((bar, counts[bar]) for bar in _ORDER if bar in counts),
    )


def _bars(reach: Reach, book: Codes, post: Post, there: Iterable[int]) -> dict[Bar, int]:
    """How many holders of the role each bar stops, those at the post not counted. Nobody is counted
    twice: the first bar that stops a person is his."""
    verdict = reach.verdict(post)
    left: Flags = verdict.holders.copy()
    for person in there:
        left[reach.index_of[person]] = False
    counts: dict[Bar, int] = {}
    for bar, passes in verdict.passes:
        stopped = int(np.count_nonzero(left & ~passes))
        if stopped:
            counts[bar] = stopped
        left &= passes
    codes, numbers = np.unique(book[left & (book >= 0)], return_counts=True)
    counts |= {_ORDER[code]: int(n) for code, n in zip(codes, numbers, strict=True)}
    return counts
