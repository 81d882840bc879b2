"""The reason for each assignment and each gap of a finished plan."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from muster.planner.city.explain import PostExplained, explain_post
from muster.planner.city.problem import Lines
from muster.planner.city.rules.explaining import beside_of
from muster.planner.city.rules.model import Rules
from muster.planner.encoding import Week
from muster.planner.plan import Assignment, Bar, Gap, Lack, Why
from muster.planner.problem import WEEK, Person, Place, Post, Problem

NEAR_KM = 2.0
ASKED = 200
"""How many gaps of a plan are explained at once, the most urgent first; the others when asked."""
BARS = {
    "home_sealed": Bar.HOME_SEALED_ELSEWHERE,
    "place_sealed": Bar.POST_SEALED,
    "out_of_reach": Bar.OUT_OF_REACH,
    "unavailable": Bar.NOT_AVAILABLE,
    "forbidden": Bar.FORBIDDEN,
    "pinned": Bar.PINNED_ELSEWHERE,
    "team": Bar.TEAM_ELSEWHERE,
    "newcomer": Bar.NEWCOMER,
    "unled": Bar.UNLED,
    "dearer_post": Bar.OUTBID,
    "cheaper_post": Bar.ELSEWHERE,
    "resting": Bar.RESTING,
    "nights": Bar.NIGHTS_FULL,
    "week_full": Bar.WEEK_FULL,
    "too_dear": Bar.TOO_DEAR,
    "free": Bar.FREE,
}
"""What the city's week calls a bar, and what the desk does."""
WILLING = (Bar.OUTBID, Bar.ELSEWHERE, Bar.TOO_DEAR)
"""What keeps away somebody who could come if others at the post made it worth while."""


def assignments(problem: Problem, pairs: Sequence[tuple[int, int]]) -> tuple[Assignment, ...]:
    """Why each of (person, post) stands there."""
    people = {person.id: person for person in problem.people}
    places = {place.id: place for place in problem.places}
    posts = {post.id: post for post in problem.posts}
    starts = {shift.id: shift.start for shift in problem.shifts}
    pinned = {(pin.person, pin.post) for pin in problem.pins}
    served: dict[int, list[int]] = {}
    for person, post in pairs:
        served.setdefault(person, []).append(post)
    made = []
    for person, post in pairs:
        home, place = places[people[person].home], places[posts[post].place]
        km = home.km(place)
        now = starts[posts[post].shift]
        earlier = sum(now - WEEK < starts[posts[p].shift] < now for p in served[person])
        why = Why.PINNED if (person, post) in pinned else _why(home, place, km)
        made.append(Assignment(person, post, why, round(km, 2), earlier))
    return tuple(made)


def _why(home: Place, place: Place, km: float) -> Why:
    if home.held_in is not None:
        return Why.INSIDE_ZONE
    if place.closed_in is not None and place.closed_in not in home.path:
        return Why.IN_SUIT
    if home.id in place.path or place.id in home.path:
        return Why.AT_HOME
    return Why.NEAREST if km <= NEAR_KM else Why.REACHABLE


def gaps(
    problem: Problem, week: Week | None, lines: Lines | None, pairs: Sequence[tuple[int, int]]
) -> tuple[Gap, ...]:
    """Every post that is short; the first `ASKED` with what bars everybody else of the role."""
    there: dict[int, int] = {}
    for _, post in pairs:
        there[post] = there.get(post, 0) + 1
    short = [post for post in problem.posts if there.get(post.id, 0) < post.required]
    short.sort(key=lambda p: (there.get(p.id, 0) >= p.minimum, -p.priority))
    pins = pins_of(week, [(pin.person, pin.post) for pin in problem.pins]) if week else None
    return tuple(
        _gap(problem, week, lines, post, there.get(post.id, 0), pins=pins if i < ASKED else None)
        for i, post in enumerate(short)
    )


def _gap(
    problem: Problem, week: Week | None, lines: Lines | None, post: Post, there: int, *,
    pins: Rules | None,
) -> Gap:  # fmt: skip
    """`pins`: what holds people elsewhere; None: it is not asked what bars them."""
    short, below = post.required - there, max(0, post.minimum - there)
    if week is None or lines is None or post.id not in week.cells:
        return Gap(post.id, short, below, *_nobody(problem, post))
    if pins is None:
        return Gap(post.id, short, below, Bar.NOT_ASKED, ())
    cell = week.cells[post.id]
    beside = beside_of(week.city, pins, lines, *cell)
    counts = bars(explain_post(week.city, lines, *cell, beside))
    return Gap(post.id, short, below, _reason(counts), counts, lacks(week, pins, lines, post))


def lacks(week: Week, rules: Rules, lines: Lines, post: Post) -> tuple[Lack, ...]:
    """What `post` needs and nobody there has, tag by tag, as far as nobody could bring it: what
    bars those who have it, if the others whom it needs were there. Who is only at another post
    could be called from it, and is named where nothing worse is.

    Args:
        rules: as `pins_of` makes them.
        lines: (P, T) who serves where.
    """
    line, slot = week.cells[post.id]
    held = int(np.bitwise_or.reduce(rules.person_tags[lines[:, slot] == line], initial=0))
    needs = rules.line_needs.copy()
    needs[line] = 0
    found = []
    for bit in range((post.needs & ~held).bit_length()):
        tag = 1 << bit
        if not post.needs & ~held & tag:
            continue
        has = rules.person_tags & tag != 0
        city = replace(week.city, person_roles=np.where(has, week.city.person_roles, 0))
        beside = beside_of(city, replace(rules, line_needs=needs), lines, line, slot)
        counts = bars(explain_post(city, lines, line, slot, beside))
        if Bar.FREE not in dict(counts):
            found.append(Lack(tag, _reason(counts), counts))
    hard = tuple(each for each in found if each.reason not in WILLING)
    return hard or tuple(found)


def _reason(counts: tuple[tuple[Bar, int], ...]) -> Bar:
    return counts[-1][0] if counts else Bar.NOBODY_HAS_ROLE


def pins_of(week: Week, pairs: Iterable[tuple[int, int]]) -> Rules:
    """The week's rules with persons pinned to posts, by id: whom that keeps elsewhere cannot
    come."""
    rows = [
        (week.index[person], *week.cells[post])
        for person, post in pairs
        if person in week.index and post in week.cells
    ]
    return replace(week.rules, pinned=np.array(rows, np.int64).reshape(-1, 3))


def _nobody(problem: Problem, post: Post) -> tuple[Bar, tuple[tuple[Bar, int], ...]]:
    """The reason where there is no search to ask: nobody came forward, or the shift is too long."""
    held = sum(_holds(person, post) for person in problem.people)
    if not held:
        return Bar.NOBODY_HAS_ROLE, ()
    return Bar.SHIFT_TOO_LONG, ((Bar.SHIFT_TOO_LONG, held),)


def bars(explained: PostExplained) -> tuple[tuple[Bar, int], ...]:
    """How many holders of the role each bar stops, in the order in which it is asked."""
    return tuple(
        (bar, explained.bars[name]) for name, bar in BARS.items() if name in explained.bars
    )


def _holds(person: Person, post: Post) -> bool:
    return bool(person.roles >> post.role & 1)
