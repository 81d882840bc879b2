"""Newcomers and who guides them, by the hour.

At each moment of a newcomer's shift somebody at the same place is none; at a lenient post only who
is marked is a newcomer. A week in slots knows it by the slot, at a lenient post of nobody: there,
and where shifts of one slot differ, this decides.
"""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from muster.planner.city.problem import FREE, Flags, Lines
from muster.planner.encoding import Week
from muster.planner.problem import Span


def covered(span: Span, guides: Iterable[Span]) -> bool:
    """Whether somebody of `guides` is there at each moment of `span`."""
    moment = span.start
    for guide in sorted(guides, key=lambda each: each.start):
        if guide.start > moment:
            break
        moment = max(moment, guide.end)
    return moment >= span.end


class Guides:
    """Who guides where in a plan, `lines` (P, T)."""

    def __init__(self, week: Week, lines: Lines) -> None:
        self.week = week
        self.spans = {shift.id: shift.span for shift in week.facts.shifts}
        self.there: defaultdict[tuple[int, bool], list[Span]] = defaultdict(list)
        for lenient in (False, True):
            for cell in _cells(lines[~newcomers(week, lenient=lenient)]):
                post = week.posts[week.post_at[cell]]
                self.there[post.place, lenient].append(self.spans[post.shift])

    def at(self, post: int) -> bool:
        """Whether those who are newcomers at `post` may serve there."""
        found = self.week.posts[post]
        return covered(self.spans[found.shift], self.there[found.place, found.lenient])


def newcomers(week: Week, *, lenient: bool) -> Flags:
    """(P,) who is a newcomer at lenient posts, or at the others."""
    new = week.rules.person_newcomer
    return np.asarray(new & week.marked if lenient else new)


def _cells(lines: Lines) -> Iterable[tuple[int, int]]:
    """Line and slot of each post where anybody of `lines` (n, T) serves."""
    slots = np.broadcast_to(np.arange(lines.shape[1]), lines.shape)[lines != FREE]
    return zip(lines[lines != FREE].tolist(), slots.tolist(), strict=True)


def alone(week: Week, lines: Lines) -> Flags:
    """(P, T) the shifts of newcomers whom nobody guides."""
    found = np.zeros(lines.shape, np.bool_)
    if not week.rules.person_newcomer.any():
        return found
    guides = Guides(week, lines)
    for lenient in (False, True):
        new = np.flatnonzero(newcomers(week, lenient=lenient))
        for line, slot in set(_cells(lines[new])):
            post = week.post_at[line, slot]
            if week.posts[post].lenient == lenient and not guides.at(post):
                found[new[lines[new, slot] == line], slot] = True
    return found


def leaves_alone(
    week: Week, lines: Lines, person: int, post: int, to: int | None = None
) -> bool:  # fmt: skip
    """Whether a newcomer, or one more, would be alone if `person` left `post`, for `to` where that
    is said, `lines` (P, T) being who serves where."""
    row, (line, slot) = week.index[person], week.cells[post]
    new = week.rules.person_newcomer[row] and week.marked[row]
    if new or lines[row, slot] != line:
        return False
    without = lines.copy()
    without[row, slot] = FREE
    if to is not None and to in week.cells:
        without[row, week.cells[to][1]] = week.cells[to][0]
    return bool((alone(week, without) & ~alone(week, lines)).any())
