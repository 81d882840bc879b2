"""A plan in slots made to keep the rules beside the public format, around what is held."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from muster.planner.city.problem import FREE, CityProblem, Flags, Lines, Whole
from muster.planner.city.rules.forbidden import forbids
from muster.planner.city.rules.mending import Mending
from muster.planner.city.rules.model import Rules
from muster.planner.encoding import Week, in_reach
from muster.planner.guiding import Guides, alone, newcomers
from muster.planner.plan import Bar


def kept(
    week: Week, city: CityProblem, lines: Lines, held: Lines, until: float = float("inf")
) -> Lines:  # fmt: skip
    """`lines` mended by the week's rules and filled up, beside the shifts that are `held`, (P, T).

    Args:
        city: the week as it was searched: free is who is free beside what is held.
        until: on the monotonic clock, when to fill up no more.
    """
    whole = replace(week.city, person_available=city.person_available)
    done = _filled(week, (whole, week.rules), lines, held, until)
    lonely = alone(week, done) & (held == FREE)
    if lonely.any():
        # The slots do not know of them all: others may come where these may not stay.
        person, slot = np.nonzero(lonely)
        cells = np.stack([person, done[lonely], slot], axis=1)
        barred = replace(week.rules, forbidden=np.concatenate([week.rules.forbidden, cells]))
        done = _filled(week, (whole, barred), np.where(lonely, FREE, done), held, until)
    return settled(week, (whole, week.rules), done, held)


def _filled(
    week: Week, by: tuple[CityProblem, Rules], lines: Lines, held: Lines, until: float
) -> Lines:  # fmt: skip
    """`lines` and what is `held`, mended `by` the rules of slots and filled up."""
    mending = Mending(*by, np.where(held != FREE, held, lines), until=until)
    mending.fixed |= held != FREE
    mending.keep()
    mending.fill()
    done = in_step(week, in_reach(week, mending.plan))
    return np.where(held != FREE, held, done)


def settled(
    week: Week, by: tuple[CityProblem, Rules], lines: Lines, held: Lines, since: int = 0
) -> Lines:  # fmt: skip
    """`lines` without whoever breaks a rule `by` the slot, or is a newcomer alone by the hour, from
    slot `since` on; what is `held` stays."""
    while True:
        lines = withdrawn(*by, lines, held, since)
        wrong = alone(week, lines) & (held == FREE)
        wrong[:, :since] = False
        if not wrong.any():
            return lines
        lines[wrong] = FREE


def withdrawn(
    city: CityProblem, rules: Rules, lines: Lines, held: Lines, since: int = 0
) -> Lines:  # fmt: skip
    """`lines` without whoever breaks a rule from slot `since` on; what is `held` stays."""
    mending = Mending(city, rules, lines, since)
    mending.fixed |= held != FREE
    mending.withdraw()
    return np.ascontiguousarray(mending.plan)


def in_step(week: Week, lines: Lines) -> Lines:
    """`lines` without the teams whose members would serve in one slot at different hours."""
    team = week.rules.person_team
    made = lines.copy()
    if not (team >= 0).any():
        return made
    spans = {shift.id: (shift.start, shift.end) for shift in week.facts.shifts}
    for each in np.unique(team[team >= 0]).tolist():
        members = np.flatnonzero(team == each)
        for slot in np.flatnonzero((lines[members] != FREE).any(axis=0)).tolist():
            cells = {(int(q), slot) for q in lines[members, slot] if q != FREE}
            if len({spans[week.posts[week.post_at[cell]].shift] for cell in cells}) > 1:
                made[members, slot] = FREE
    return made


def bars_beside(
    week: Week, lines: Lines, people: Whole, line: int, slot: int
) -> Iterator[tuple[Bar, Flags]]:
    """(n,) for each rule beside the public format, whether `people` at the line and slot break it,
    `lines` (P, T) being who serves where: they are forbidden to, their team is elsewhere, they are
    new and nobody would guide them, a post would be without whom it needs and they are none of
    those: to a joint post one of each body comes after the other."""
    rules, n = week.rules, len(people)
    yield Bar.FORBIDDEN, forbids(rules, people, np.full(n, line), np.full(n, slot))
    yield Bar.TEAM_ELSEWHERE, mates_at(week, lines, people, line, slot)[1]
    post = week.post_at[line, slot]
    new = newcomers(week, lenient=week.posts[post].lenient)[people]
    guided = not new.any() or Guides(week, lines).at(post)
    yield Bar.NEWCOMER, np.asarray(new & (not guided))
    held = np.bitwise_or.reduce(rules.person_tags[lines[:, slot] == line], initial=0)
    lacking = rules.line_needs[line] & ~held
    yield Bar.UNLED, np.asarray((lacking != 0) & (lacking & rules.person_tags[people] == 0))


def mates_at(week: Week, lines: Lines, people: Whole, line: int, slot: int) -> tuple[Flags, Flags]:
    """(n,) twice: is somebody else of his team at the place of `line` in `slot`, or elsewhere?"""
    team, place = week.rules.person_team, week.city.line_place
    here, away = np.zeros(len(people), np.bool_), np.zeros(len(people), np.bool_)
    for i in np.flatnonzero(team[people] >= 0).tolist():
        mates = np.flatnonzero(team == team[people[i]])
        there = lines[mates[mates != people[i]], slot]
        at = place[there[there != FREE]] == place[line]
        here[i], away[i] = at.any(), (~at).any()
    return here, away
