"""What one more shift costs somebody, and what one more person is worth to a post: as the checker
counts, so that a move can be weighed before it is made."""

import numpy as np

from muster.planner.city.problem import FREE, CityProblem, Flags, Lines, Reals, Whole


def extra(city: CityProblem, rows: Lines, people: Whole, lines: Whole, slot: int) -> Reals:
    """(n,) what a shift on ``lines[i]`` in `slot` costs ``people[i]``, whose weeks are ``rows[i]``,
    (n, T), without that shift: way, dislike, load, changes of line."""
    found = city.distance(people, lines) + city.base_travel_km
    found += city.person_preference[people, slot % city.slots_a_day]
    return np.asarray(found + _load(city, rows, slot) + _changes(city, rows, lines, slot))


def _load(city: CityProblem, rows: Lines, slot: int) -> Reals:
    first = slot - slot % city.week_slots
    week = rows[:, first : first + city.week_slots] != FREE
    many = np.minimum(np.count_nonzero(week, axis=1), city.max_shifts - 1)
    return np.asarray(city.load_cost[many + 1] - city.load_cost[many])


def _changes(city: CityProblem, rows: Lines, lines: Whole, slot: int) -> Reals:
    before, after = _last(rows[:, :slot]), _last(rows[:, :slot:-1])
    many = ((before != FREE) & (before != lines)).astype(np.int64)
    many += (after != FREE) & (after != lines)
    many -= (before != FREE) & (after != FREE) & (before != after)
    return np.asarray(many * city.change_cost)


def _last(rows: Lines) -> Whole:
    """(n,) the line of the last shift in each of `rows`, or `FREE`."""
    if not rows.shape[1]:
        return np.full(len(rows), FREE)
    served = rows[:, ::-1] != FREE
    at = rows.shape[1] - 1 - served.argmax(axis=1)
    return np.where(served.any(axis=1), rows[np.arange(len(rows)), at], FREE)


def week_costs(city: CityProblem, rows: Lines, people: Whole) -> Reals:
    """(n,) what the weeks ``rows[i]`` (n, T) of ``people[i]`` cost, nobody's being short apart."""
    served = rows != FREE
    who, slot = np.nonzero(served)
    lines = rows[who, slot]
    shifts = city.distance(people[who], lines) + city.base_travel_km
    shifts += city.person_preference[people[who], slot % city.slots_a_day]
    found = np.bincount(who, shifts, minlength=len(rows)).astype(np.float64)
    changed = (np.diff(who) == 0) & (np.diff(lines) != 0)
    found += np.bincount(who[1:], changed * city.change_cost, minlength=len(rows))
    for first in range(0, city.slots, city.week_slots):
        many = served[:, first : first + city.week_slots].sum(axis=1)
        found += city.load_cost[np.minimum(many, city.max_shifts)]
    return np.asarray(found)


def saved(city: CityProblem, lines: Whole, slots: Whole, present: Whole) -> Reals:
    """(n,) what one more person on ``lines[i]`` in ``slots[i]`` saves when ``present[i]`` are
    there; the three may be of any shapes that go together."""
    short = (present < city.required[lines, slots]) * city.weight_required[lines]
    return np.asarray(short + (present < city.minimum[lines, slots]) * city.weight_minimum[lines])


def open_slots(city: CityProblem, rows: Lines, people: Whole) -> Flags:
    """(n, T) when each of `people`, whose weeks are `rows` (n, T), is free, available, and has
    rest, week and nights left for one more shift."""
    served = rows != FREE
    near = served.copy()
    for apart in range(1, city.rest_slots + 1):
        near[:, apart:] |= served[:, :-apart]
        near[:, :-apart] |= served[:, apart:]
    found = city.person_available[people] & ~near
    for first in range(0, city.slots, city.week_slots):
        week = slice(first, first + city.week_slots)
        found[:, week] &= (served[:, week].sum(axis=1) < city.max_shifts)[:, None]
    nights = served[:, :: city.slots_a_day]
    found[:, :: city.slots_a_day] &= _runs(nights) <= city.max_nights_in_a_row
    return np.asarray(found)


def _runs(nights: Flags) -> Whole:
    """(n, N) how many nights in a row a further one would make, itself among them."""
    many = nights.shape[1]
    before, after = np.zeros(nights.shape, np.int64), np.zeros(nights.shape, np.int64)
    for at in range(1, many):
        before[:, at] = (before[:, at - 1] + 1) * nights[:, at - 1]
        after[:, many - 1 - at] = (after[:, many - at] + 1) * nights[:, many - at]
    return before + after + 1
