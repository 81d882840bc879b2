"""Whom a line suits, and what a person's own week leaves room for, for many people at once."""

import numpy as np

from muster.planner.city.constraints import radius, role, seal
from muster.planner.city.problem import FREE, NIGHT, CityProblem, Flags, Lines, Whole


def may_stand(problem: CityProblem, people: Whole, lines: Whole) -> Flags:
    """(n,) does ``people[i]`` hold the role of ``lines[i]`` and may he go there? At any time."""
    found = role.allows(problem, people, lines) & seal.allows(problem, people, lines)
    return np.asarray(found & radius.allows(problem, people, lines))


def resting(problem: CityProblem, rows: Lines, slot: int) -> Flags:
    """(n,) do ``rows[i]`` (n, T) serve so near to `slot` that rest would be missing?"""
    first = max(0, slot - problem.rest_slots)
    near = rows[:, first : slot + problem.rest_slots + 1] != FREE
    near[:, slot - first] = False
    return np.asarray(near.any(axis=1))


def week_full(problem: CityProblem, rows: Lines, slot: int) -> Flags:
    """(n,) have ``rows[i]`` all the shifts of the week of `slot`, itself apart?"""
    first = slot - slot % problem.week_slots
    week = rows[:, first : first + problem.week_slots]
    served = np.count_nonzero(week != FREE, axis=1) - (rows[:, slot] != FREE)
    return np.asarray(served >= problem.max_shifts)


def nights_full(problem: CityProblem, rows: Lines, slot: int) -> Flags:
    """(n,) would a shift in `slot` make too many nights in a row?"""
    if slot % problem.slots_a_day != NIGHT:
        return np.zeros(len(rows), dtype=bool)
    nights = rows[:, NIGHT :: problem.slots_a_day] != FREE
    at = slot // problem.slots_a_day
    run = np.ones(len(rows), dtype=np.int64)
    for side in (nights[:, :at][:, ::-1], nights[:, at + 1 :]):
        run += np.cumprod(side, axis=1).sum(axis=1)
    return np.asarray(run > problem.max_nights_in_a_row)


def room(problem: CityProblem, rows: Lines, slot: int) -> Flags:
    """(n,) may ``rows[i]`` serve in `slot` as far as their own week is concerned?"""
    return ~(
        resting(problem, rows, slot)
        | week_full(problem, rows, slot)
        | nights_full(problem, rows, slot)
    )
