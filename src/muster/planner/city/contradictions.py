"""Every reason why a city problem cannot be meant, each with its mend."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from muster.planner.city.problem import CONTROLLED, SHAPES, CityProblem, Flags, Whole

WIDER = {"person_roles": np.dtype(np.int64)}
"""Types that a problem may have while a search works on it; no file holds them."""
MOST_ROLES, MOST_SEATS = 16, 62
"""Roles of a problem, and those of one in seats, as bits of a person."""
SHOWN = 3
"""How many of the places of one contradiction are spelled out."""


def contradictions(problem: CityProblem) -> Iterator[str]:
    """Shapes first; what the arrays say only when they have the right shape."""
    misshapen = list(_shapes(problem))
    yield from misshapen or _meaning(problem)


def _shapes(problem: CityProblem) -> Iterator[str]:
    if problem.slots_a_day < 1 or problem.days_a_week < 1 or problem.max_shifts < 0:
        yield "slots_a_day and days_a_week are at least 1, max_shifts at least 0"
    sizes = {
        "2": 2,
        "C": np.size(problem.compound_status),
        "P": np.size(problem.person_home),
        "L": np.size(problem.line_place),
        "T": np.shape(problem.required)[-1] if np.ndim(problem.required) == 2 else 0,
        "K": problem.slots_a_day,
        "R": np.size(problem.role_radius_km),
        "W": problem.max_shifts + 1,
    }
    for name, (letters, dtype) in SHAPES.items():
        value = getattr(problem, name)
        shape = tuple(sizes[letter] for letter in letters)
        if not isinstance(value, np.ndarray) or value.dtype not in (dtype, WIDER.get(name)):
            is_ = getattr(value, "dtype", type(value).__name__)
            yield f"{name} is {is_}; make it an array of {np.dtype(dtype)}"
        elif value.shape != shape:
            yield f"{name} has shape {value.shape}; ({', '.join(letters)}) is {shape}"
    most = MOST_ROLES if np.asarray(problem.person_roles).dtype.itemsize == 2 else MOST_SEATS
    if not 1 <= sizes["R"] <= most or not sizes["T"] or not sizes["C"]:
        yield f"there must be 1 to {most} roles, at least one slot and at least one compound"


def _meaning(problem: CityProblem) -> Iterator[str]:
    yield from _indices(problem)
    yield from _numbers(problem)
    yield from _posts(problem)
    for name in ("slot_hours", "rest_slots", "max_nights_in_a_row"):
        if getattr(problem, name) < (1 if name == "slot_hours" else 0):
            yield f"{name} is {getattr(problem, name)}; that is too small"
    if np.any(np.diff(problem.load_cost, 2) < 0):
        yield (
            f"load_cost {problem.load_cost.tolist()} is not convex; "
            "each further shift must cost at least as much more as the one before"
        )


def _indices(problem: CityProblem) -> Iterator[str]:
    limits = (
        ("person_home", problem.compounds, "compounds"),
        ("line_place", problem.compounds, "compounds"),
        ("line_role", problem.roles, "roles"),
        ("compound_status", CONTROLLED + 1, "statuses"),
        ("person_roles", 1 << problem.roles, "sets of roles"),
    )
    for name, limit, what in limits:
        value = getattr(problem, name)
        yield from _where(
            name, value, (value < 0) | (value >= limit), f"there are {limit} {what} from 0"
        )


def _numbers(problem: CityProblem) -> Iterator[str]:
    costs = (
        "weight_minimum", "weight_required", "person_preference", "role_radius_km", "load_cost",
        "change_cost", "base_travel_km",
    )  # fmt: skip
    for name in costs:
        value = np.asarray(getattr(problem, name))
        yield from _where(
            name, value, ~np.isfinite(value) | (value < 0), "give a finite number from 0"
        )
    yield from _where(
        "compound_xy", problem.compound_xy, ~np.isfinite(problem.compound_xy), "give km"
    )


def _posts(problem: CityProblem) -> Iterator[str]:
    yield from _where("minimum", problem.minimum, problem.minimum < 0, "give a number from 0")
    yield from _where("required", problem.required, problem.required < 0, "give a number from 0")
    above = _Beside(problem.minimum, problem.required)
    yield from _where("minimum", above, problem.minimum > problem.required, "at most required")


@dataclass(frozen=True)
class _Beside:
    """Two arrays whose items are shown beside each other."""

    one: Whole
    other: Whole

    def __getitem__(self, at: tuple[int, ...]) -> str:
        return f"{self.one[at]} of required {self.other[at]}"


def _where(name: str, value: Whole | _Beside, wrong: Flags, mend: str) -> Iterator[str]:
    """One line for each of the first places at which `name` is `wrong`, one for the others."""
    places = np.argwhere(wrong)
    for place in places[:SHOWN]:
        at = tuple(int(i) for i in place)
        yield f"{name}{list(at) if at else ''} is {value[at]}; {mend}"
    if len(places) > SHOWN:
        yield f"{name} is so at {len(places) - SHOWN} more places"
