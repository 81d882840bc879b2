"""A horizon of several weeks, one after the other: what each week takes over from those before.

Rest and nights in a row reach over the seam. Whoever served more nights or shifts than others so
far likes them less this week; this steers the search, and is no cost of the plan.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from muster.planner.city.problem import FREE, NIGHT, CityProblem, Flags, Lines, Reals, Whole

NIGHT_WEIGHT, SHIFT_WEIGHT = 1.0, 0.5
"""Dislike of a night for each night, and of a shift for each shift, that somebody has served more
than people have on average."""


def weeks(problem: CityProblem) -> Iterator[slice]:
    """The slots of each week; the last one may be cut off."""
    for first in range(0, problem.slots, problem.week_slots):
        yield slice(first, min(first + problem.week_slots, problem.slots))


def week_of(problem: CityProblem, slots: slice, before: Lines) -> CityProblem:
    """One week of `problem` after `before`, (P, ``slots.start``) lines."""
    free = problem.person_available[:, slots] & ~_tired(problem, slots, before)
    return replace(
        problem,
        person_available=free,
        person_preference=problem.person_preference + _fair(problem, before),
        required=problem.required[:, slots],
        minimum=problem.minimum[:, slots],
    )


def plain_week(problem: CityProblem, slots: slice) -> CityProblem:
    """One week of `problem` as if nothing were before or after it: each plan of `problem` holds a
    plan of it, and their costs add up to no more than that of the whole, because the seams only
    forbid, and cost."""
    return replace(
        problem,
        person_available=problem.person_available[:, slots],
        required=problem.required[:, slots],
        minimum=problem.minimum[:, slots],
    )


def week_within(problem: CityProblem, slots: slice, plan: Lines) -> CityProblem:
    """One week of `problem` inside `plan`, (P, T) lines, whose other weeks stay: without the slots
    in which a shift would come too near to another week's, or too many nights in a row."""
    week, served = plain_week(problem, slots), plan != FREE
    barred = _by_rest(problem, slots, served)
    barred[:, NIGHT :: problem.slots_a_day] |= _by_nights(problem, slots, served)
    return replace(week, person_available=week.person_available & ~barred)


def _by_rest(problem: CityProblem, slots: slice, served: Flags) -> Flags:
    """(P, slots of the week) when somebody rests from a shift before the week, or for one after."""
    outside = served.copy()
    outside[:, slots] = False
    rest = problem.rest_slots
    near = [
        outside[:, max(0, slot - rest) : slot + rest + 1].any(axis=1)
        for slot in range(slots.start, slots.stop)
    ]
    return np.column_stack(near)


def _by_nights(problem: CityProblem, slots: slice, served: Flags) -> Flags:
    """(P, nights of the week) nights that nobody may add beside those before and after it."""
    nights = served[:, NIGHT :: problem.slots_a_day]
    first, last = (-(-at // problem.slots_a_day) for at in (slots.start, slots.stop))
    within, most = nights[:, first:last], problem.max_nights_in_a_row
    before = np.cumprod(nights[:, :first][:, ::-1], axis=1).sum(axis=1)
    after = np.cumprod(nights[:, last:], axis=1).sum(axis=1)
    return np.asarray(
        _capped(within, before, most) | _capped(within[:, ::-1], after, most)[:, ::-1]
    )


def _capped(nights: Flags, run: Whole, most: int) -> Flags:
    """(P, N) nights to leave free after a `run` of them (P,) so that no more than `most` follow on
    each other: the first too many, or, where that one is served already, all free ones before."""
    barred = np.zeros_like(nights)
    for left in range(min(most, nights.shape[1])):
        who = run == most - left
        barred[who, left] = ~nights[who, left]
        full = who & nights[:, left]
        barred[full, :left] = ~nights[full, :left]
    return barred


def _tired(problem: CityProblem, slots: slice, before: Lines) -> Flags:
    """(P, slots of the week) when somebody still rests, or had his nights in a row."""
    tired = np.zeros((problem.people, slots.stop - slots.start), np.bool_)
    for slot in range(min(problem.rest_slots, tired.shape[1])):
        near = before[:, max(slots.start + slot - problem.rest_slots, 0) :]
        tired[:, slot] = (near != FREE).any(axis=1)
    nights = before[:, NIGHT :: problem.slots_a_day] != FREE
    run = np.cumprod(nights[:, ::-1], axis=1).sum(axis=1)
    left = (problem.max_nights_in_a_row - run) * problem.slots_a_day
    who = np.flatnonzero((run > 0) & (left >= 0) & (left < tired.shape[1]))
    tired[who, left[who]] = True
    return tired


def _fair(problem: CityProblem, before: Lines) -> Reals:
    """(P, K) how much more somebody dislikes a shift of each kind for what he has served."""
    served = before != FREE
    shifts = SHIFT_WEIGHT * _above(served.sum(axis=1))
    more = np.repeat(shifts[:, None], problem.slots_a_day, axis=1)
    more[:, NIGHT] += NIGHT_WEIGHT * _above(served[:, NIGHT :: problem.slots_a_day].sum(axis=1))
    return more


def _above(many: Whole) -> Reals:
    """(P,) by how much each is above the average."""
    return np.asarray(np.maximum(many - many.mean(), 0.0))
