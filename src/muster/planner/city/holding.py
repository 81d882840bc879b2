"""A search or a repair beside what stays whatever happens."""

import numpy as np

from muster.planner.city.problem import FREE, NIGHT, CityProblem, Flags, Lines


def holding(city: CityProblem, held: Lines, plan: Lines | None = None) -> CityProblem:
    """`city` without the seats and the time of what is `held`, (P, T): for a search that leaves it.

    Args:
        plan: (P, T) what people otherwise do and may go on doing beside it.
    """
    required, minimum = city.required.copy(), city.minimum.copy()
    free = city.person_available.copy()
    kept = np.zeros_like(free) if plan is None else (plan != FREE) & (held == FREE)
    for person, slot in np.argwhere(held != FREE):
        line = held[person, slot]
        required[line, slot] = max(0, required[line, slot] - 1)
        minimum[line, slot] = max(0, minimum[line, slot] - 1)
        free[person, max(0, slot - city.rest_slots) : slot + city.rest_slots + 1] = False
        if slot % city.slots_a_day == NIGHT:
            near = np.arange(slot % city.slots_a_day, city.slots, city.slots_a_day)
            reach = city.max_nights_in_a_row * city.slots_a_day
            free[person, near[np.abs(near - slot) <= reach]] = False
    for person in np.flatnonzero((held != FREE).any(axis=1)):
        left = city.max_shifts - int(np.count_nonzero(held[person] != FREE))
        spare = free[person] & ~kept[person]
        budget(spare, left - int(np.count_nonzero(kept[person])))
        free[person] = spare
    free |= kept & city.person_available
    changed = {"required": required, "minimum": minimum, "person_available": free}
    return CityProblem(**{**{n: getattr(city, n) for n in city.__dataclass_fields__}, **changed})


def budget(free: Flags, left: int) -> None:
    """Leave only the first `left` slots that are free, where part of the week is used up."""
    free[np.flatnonzero(free)[max(0, left) :]] = False
