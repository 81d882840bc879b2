"""What the compiled kernels read: plain arrays in named tuples, costs in whole units.

All costs are int64 in units of 1 / `SCALE`, rounded down: whatever is computed from them is exact,
and no sum of them exceeds the true cost, which is what makes a bound a bound.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from muster.kernel.compiling import compiled
from muster.planner.city.problem import CityProblem

SCALE = 10_000
NEVER = -(1 << 50)
CLOSED = -(1 << 40)

Ints = NDArray[np.int64]
Small = NDArray[np.int32]


def units(cost: Any) -> Ints:
    """Costs as whole units, rounded down."""
    return np.floor(np.asarray(cost, dtype=np.float64) * SCALE).astype(np.int64)


class Week(NamedTuple):
    """The rules of a personal programme. `load[k]` is the cost of k shifts; a shift worth no more
    than `least` is in no best week, because a week without it is as good."""

    slots: int
    roles: int
    rest: int
    day: int
    shifts: int
    nights: int
    change: int
    load: Ints
    least: int


class Crowd(NamedTuple):
    """People by home: those of compound c are ``people[start[c]:start[c + 1]]``. Person p serves
    ``most[p]`` shifts at most."""

    start: Ints
    people: Small
    roles: Ints
    available: NDArray[np.bool_]
    dislike: Ints
    kind: Ints
    home: Ints
    most: Small


class Demand(NamedTuple):
    """Posts by (line, slot): people wanted, needed, and what one short costs, (L,) each; `role`
    (L,)."""

    role: Small
    required: Small
    minimum: Small
    weight_minimum: Ints
    weight_required: Ints


def week_of(problem: CityProblem) -> Week:
    """The rules of `problem`."""
    load = units(problem.load_cost)
    return Week(
        slots=problem.slots,
        roles=problem.roles,
        rest=problem.rest_slots,
        day=problem.slots_a_day,
        shifts=problem.max_shifts,
        nights=problem.max_nights_in_a_row,
        change=int(units(problem.change_cost)),
        load=load,
        least=int(np.diff(load).min(initial=-CLOSED)),
    )


def crowd_of(problem: CityProblem, most: Small | None = None) -> Crowd:
    """The people of `problem`, by home; ``most[p]`` shifts at most, where given."""
    if most is None:
        most = np.full(problem.people, problem.max_shifts)
    order = np.argsort(problem.person_home, kind="stable").astype(np.int32)
    homes = problem.person_home[order]
    return Crowd(
        start=np.searchsorted(homes, np.arange(problem.compounds + 1)).astype(np.int64),
        people=order,
        roles=problem.person_roles.astype(np.int64),
        available=np.ascontiguousarray(problem.person_available),
        dislike=units(problem.person_preference),
        kind=np.asarray(problem.kinds, dtype=np.int64),
        home=problem.person_home.astype(np.int64),
        most=np.minimum(most, problem.max_shifts).astype(np.int32),
    )


def demand_of(problem: CityProblem) -> Demand:
    """The posts of `problem`."""
    return Demand(
        role=problem.line_role.astype(np.int32),
        required=problem.required.astype(np.int32),
        minimum=problem.minimum.astype(np.int32),
        weight_minimum=units(problem.weight_minimum),
        weight_required=units(problem.weight_required),
    )


@compiled
def lack(
    price: float, weights: tuple[float, float], wanted: tuple[float, float], present: float
) -> float:
    """How many more people than `present` a post would take at `price`.

    Args:
        weights: what the last wanted is worth, and what the last needed.
        wanted: people needed, people wanted.
    """
    minimum, required = wanted
    if price < weights[0]:
        return required - present
    if price == weights[0]:
        return min(max(present, minimum), required) - present
    if price < weights[1]:
        return minimum - present
    return min(present, minimum) - present
