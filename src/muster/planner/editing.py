"""A plan changed by hand: what stands against one person at one post, and who could come."""

from dataclasses import dataclass
from itertools import islice

import numpy as np

from muster.planner.city.constraints import availability, capacity, radius, role, seal
from muster.planner.city.fitting import may_stand, nights_full, resting, room, week_full
from muster.planner.city.problem import FREE, Flags, Lines
from muster.planner.encoding import Week, far, too_long
from muster.planner.guiding import alone
from muster.planner.keeping import bars_beside, mates_at
from muster.planner.plan import Bar
from muster.planner.problem import Post


@dataclass(frozen=True, slots=True)
class Option:
    """Somebody who may stand at a post as the plan is; `shifts`: how many he has already."""

    person: int
    km: float
    shifts: int


def bars_of(week: Week, lines: Lines, person: int, post: int) -> tuple[Bar, ...]:
    """Every rule that `person` at `post` would break beside `lines` (P, T), his own place in it
    taken away first; empty when it may be done.

    A place that is full is no rule here: see `is_full`.
    """
    wanted = week.posts[post]
    shift = next(s for s in week.facts.shifts if s.id == wanted.shift)
    if too_long(week.facts.rules, wanted, shift.hours):
        return (Bar.SHIFT_TOO_LONG,)
    line, slot = week.cells[post]
    city, who = week.city, np.array([week.index[person]])
    row = lines[who]
    found = (
        (Bar.NOBODY_HAS_ROLE, ~role.allows(city, who, np.array([line]))),
        *_where(week, who, wanted, line),
        (Bar.NOT_AVAILABLE, ~availability.allows(city, who, np.array([slot]))),
        *bars_beside(week, lines, who, line, slot),
        (Bar.ELSEWHERE, row[:, slot] != FREE),
        (Bar.RESTING, resting(city, row, slot)),
        (Bar.NIGHTS_FULL, nights_full(city, row, slot)),
        (Bar.WEEK_FULL, week_full(city, row, slot)),
    )
    return tuple(bar for bar, wrong in found if wrong[0])


def _where(week: Week, who: np.ndarray, post: Post, line: int) -> tuple[tuple[Bar, Flags], ...]:
    city, at = week.city, np.array([line])
    barred = ~seal.allows(city, who, at)
    held = barred & (city.compound_status[city.person_home[who]] != 0)
    return (
        (Bar.HOME_SEALED_ELSEWHERE, held),
        (Bar.POST_SEALED, barred & ~held),
        (Bar.OUT_OF_REACH, ~radius.allows(city, who, at) | _far(week, who, post)),
    )


def _far(week: Week, who: np.ndarray, post: Post) -> Flags:
    """(n,) is the post itself, not only its compound, too far from the homes of `who`?"""
    places = {place.id: place for place in week.facts.places}
    there, people = places[post.place], week.facts.people
    found = [far(week.facts.rules, places[people[i].home], there, post.role) for i in who]
    return np.array(found, np.bool_)


def leaves_unled(week: Week, lines: Lines, person: int, post: int) -> bool:
    """Whether the post, which `person` leaves, has all that it needs, he alone brings some of it,
    and others serve there, `lines` (P, T) being who serves where."""
    line, slot = week.cells[post]
    there = np.flatnonzero(lines[:, slot] == line)
    there = there[there != week.index[person]]
    tags, needs = week.rules.person_tags, week.rules.line_needs[line]
    others = np.bitwise_or.reduce(tags[there], initial=0)
    whole = not needs & ~(others | tags[week.index[person]])
    return bool(len(there) and whole and needs & ~others)


def successors(week: Week, lines: Lines, person: int, post: int, limit: int = 20) -> list[Option]:
    """Who may take the place of `person` at `post`, as `options`: what he alone brings to it they
    bring too, and no newcomer is left alone."""
    if post not in week.cells:
        return []
    without = lines.copy()
    without[week.index[person], week.cells[post][1]] = FREE
    found = options(week, without, post, limit=week.city.people)
    sound = (o for o in found if o.person != person
             and not takes_over(week, lines, person, post, o.person))  # fmt: skip
    return list(islice(sound, limit))


def takes_over(
    week: Week, lines: Lines, person: int, post: int, other: int
) -> tuple[str, ...]:  # fmt: skip
    """What would be wrong for those who stay if `other` took the place of `person` at `post`:
    ``leaves_unled``, ``leaves_alone``."""
    line, slot = week.cells[post]
    after = lines.copy()
    after[week.index[person], slot] = FREE
    after[week.index[other], slot] = line
    there = np.flatnonzero(after[:, slot] == line)
    tags, needs = week.rules.person_tags, week.rules.line_needs[line]
    held = np.bitwise_or.reduce(tags[there], initial=0)
    lost = leaves_unled(week, lines, person, post) and bool(needs & ~held)
    lonely = bool((alone(week, after) & ~alone(week, lines)).any())
    said = (("leaves_unled", lost), ("leaves_alone", lonely))
    return tuple(rule for rule, wrong in said if wrong)


def is_full(week: Week, lines: Lines, post: int) -> bool:
    """Whether the post has as many people as it wants."""
    line, slot = week.cells[post]
    return bool(capacity.present(week.city, lines)[line, slot] >= week.city.required[line, slot])


def options(week: Week, lines: Lines, post: int, limit: int = 20) -> list[Option]:
    """Who is free and may stand at `post`: who serves least first, then the nearest. Of a team
    nobody is sent alone: only to where some of it are."""
    if post not in week.cells:
        return []
    line, slot = week.cells[post]
    city = week.city
    every = np.arange(city.people)
    at = np.full(city.people, line)
    may = may_stand(city, every, at) & city.person_available[:, slot] & (lines[:, slot] == FREE)
    who = np.flatnonzero(may)
    who = who[room(city, lines[who], slot)]
    who = who[~_far(week, who, week.posts[post])]
    alone = (week.rules.person_team[who] >= 0) & ~mates_at(week, lines, who, line, slot)[0]
    wrong = [broken for _, broken in bars_beside(week, lines, who, line, slot)]
    who = who[~np.any([alone, *wrong], axis=0)]
    shifts = np.count_nonzero(lines[who] != FREE, axis=1)
    km = city.distance(who, np.full(len(who), line))
    order = np.lexsort((who, km, shifts))[:limit]
    people = week.facts.people
    return [Option(people[who[i]].id, round(float(km[i]), 2), int(shifts[i])) for i in order]
