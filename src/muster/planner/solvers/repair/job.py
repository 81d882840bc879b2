"""A repair as the kernels see it: the problem and the plan as arrays, and what is remembered."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from muster.planner.city.problem import CityProblem

NEAR_ROOM = 1 << 24

type Array = NDArray[Any]


class City(NamedTuple):
    """The problem, and who of which role lives in which compound: role r in compound c
    ``living[first[r, c]:first[r, c + 1]]``."""

    xy: Array
    status: Array
    home: Array
    roles: Array
    available: Array
    preference: Array
    place: Array
    role: Array
    required: Array
    minimum: Array
    weight_minimum: Array
    weight_required: Array
    radius: Array
    load: Array
    living: Array
    first: Array
    numbers: tuple[float, float, int, int, int, int]
    """Change cost, base travel, slots a day, rest slots, shifts a week, nights in a row."""


class State(NamedTuple):
    """A plan as it changes."""

    plan: Array
    """(P, T) int32."""
    present: Array
    """(L, T) people on the line."""
    shifts: Array
    """(P,) shifts of the week."""
    told: Array
    """(P,) must be told of a change anyway."""
    log: Array
    """(any, 4) person, slot, line and +1 or -1 of each shift taken up or left, as far as there is
    room; `logged` (1,) is how many."""
    logged: Array


LOG_ROOM = 1 << 13


def state_of(plan: Array, present: Array, shifts: Array, told: Array) -> State:
    """A plan (P, T), people on each line (L, T), shifts of each week (P,), who is told (P,)."""
    log = np.empty((LOG_ROOM, 4), np.int64)
    return State(plan, present.astype(np.int32), shifts, told, log, np.zeros(1, np.int64))


class Near(NamedTuple):
    """From where people may come to a place, the nearest home first: ``home[a:b]`` and ``km[a:b]``
    with a, b the `span` (C, 2) of the place, -1 when it was not asked for yet; `used` (1,)."""

    home: Array
    km: Array
    span: Array
    used: Array


class Slots(NamedTuple):
    """The plan seen slot by slot, so that whoever looks at a slot finds its people side by side.

    All but `far` and `gain` are (T, P). `able`: he serves in the slot, or may. `now` is the line
    that he serves on, `before` and `after` are those of his shifts next to it. `own` is what a
    shift costs him wherever it is, `stays` what the shift costs that he serves. `far` (T, L) is
    about what it costs to get one more person onto a line within the slot. `gain` (P,) is at most
    what is saved where he leaves one of his shifts and somebody takes it: never too small, since
    `far` grows.
    """

    able: Array
    now: Array
    before: Array
    after: Array
    own: Array
    stays: Array
    far: Array
    gain: Array


class Way(NamedTuple):
    """Scratch of a search for a path within a slot. `dist` (L,): how far each line is, infinite at
    first and given back so; `shut` (L,): was it opened. `moves` (L, 2): who leaves it, and for
    which line. `nearer` (P,): the lines that became nearer just now. `found` (3,): who is free,
    where he goes or which post will be one short, and for how much in all."""

    dist: Array
    shut: Array
    moves: Array
    nearer: Array
    found: Array


class Job(NamedTuple):
    """A repair under way. `charge` is the cost of telling one more person; shifts before slot
    `since` stay. `offers` (any, 2) and `costs` are scratch."""

    city: City
    state: State
    charge: float
    since: int
    near: Near
    slots: Slots
    way: Way
    offers: Array
    costs: Array


def job_of(city: City, state: State, charge: float, since: int) -> Job:
    """A repair of which nothing is done yet."""
    (people, slots), lines = state.plan.shape, len(state.present)
    room = min(len(state.told) * 4, 1 << 17)
    whole, real = (slots, people), np.float32
    return Job(
        city, state, charge, since, _near_of(len(city.status)),
        Slots(
            np.zeros(whole, np.bool_), np.zeros(whole, np.int32), np.zeros(whole, np.int32),
            np.zeros(whole, np.int32), np.zeros(whole, real), np.zeros(whole, real),
            np.zeros((slots, lines)), np.zeros(people),
        ),
        Way(
            np.full(lines, np.inf), np.zeros(lines, np.bool_), np.empty((lines, 2), np.int64),
            np.empty(people, np.int64), np.zeros(3),
        ),
        np.empty((room, 2), np.int64), np.empty(room),
    )  # fmt: skip


def _near_of(compounds: int) -> Near:
    """Room for some thousand places; when it is full, it begins anew."""
    room = max(compounds, min(compounds * compounds, NEAR_ROOM))
    return Near(
        np.empty(room, np.int32), np.empty(room), np.full((compounds, 2), -1), np.zeros(1, np.int64)
    )


def city_arrays(problem: CityProblem) -> City:
    """`problem` as the kernels read it."""
    living, first = _living(problem)
    return City(
        problem.compound_xy, problem.compound_status, problem.person_home, problem.person_roles,
        problem.person_available, problem.person_preference, problem.line_place,
        problem.line_role, problem.required, problem.minimum, problem.weight_minimum,
        problem.weight_required, problem.role_radius_km, problem.load_cost, living,
        first,
        (
            float(problem.change_cost), float(problem.base_travel_km), int(problem.slots_a_day),
            int(problem.rest_slots), int(problem.max_shifts), int(problem.max_nights_in_a_row),
        ),
    )  # fmt: skip


def _living(problem: CityProblem) -> tuple[Array, Array]:
    """``living`` and ``first`` of a `City`."""
    order = np.argsort(problem.person_home, kind="stable").astype(np.int32)
    homes, held = problem.person_home[order], problem.person_roles[order].astype(np.int64)
    first = np.zeros((problem.roles, problem.compounds + 1), np.int64)
    living, count = [], 0
    for role in range(problem.roles):
        able = held >> role & 1 == 1
        first[role] = count + np.searchsorted(homes[able], np.arange(problem.compounds + 1))
        living.append(order[able])
        count += len(living[-1])
    return np.concatenate([*living, np.empty(0, np.int32)]), first
