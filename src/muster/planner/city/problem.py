"""A city's week as arrays. No rule is decided here.

C compounds, P people, L lines, T slots, K slots a day, R roles. A *line* is one role at one
compound. Slot t belongs to day ``t // K`` and is of kind ``t % K``; kind 0 is the night.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from muster.planner.city.errors import BadCity, refuse

OPEN, SEALED, CONTROLLED = 0, 1, 2
NIGHT = 0
DAYS_A_WEEK = 7
FREE = -1
"""The line of somebody who does not serve."""
LATER = {"days_a_week"}
"""Fields that the first files had not: not stored at their default, so that those files keep their
fingerprint and the plans that carry it."""

type Reals = NDArray[np.float64]
type Whole = NDArray[Any]
type Flags = NDArray[np.bool_]
type Lines = NDArray[np.int32]

SHAPES: dict[str, tuple[str, type[np.generic]]] = {
    "compound_xy": ("C2", np.float64),
    "compound_status": ("C", np.int8),
    "compound_district": ("C", np.int16),
    "person_home": ("P", np.int32),
    "person_roles": ("P", np.uint16),
    "person_employer": ("P", np.int32),
    "person_available": ("PT", np.bool_),
    "person_preference": ("PK", np.float64),
    "line_place": ("L", np.int32),
    "line_role": ("L", np.int8),
    "required": ("LT", np.int16),
    "minimum": ("LT", np.int16),
    "weight_minimum": ("L", np.float64),
    "weight_required": ("L", np.float64),
    "role_radius_km": ("R", np.float64),
    "load_cost": ("W", np.float64),
}
"""Each array with its dimensions and the type it is kept in; W is ``max_shifts + 1``."""


@dataclass(frozen=True, eq=False)
class CityProblem:
    """Everything a solver may know. Raises `BadCity` with every contradiction in it."""

    compound_xy: Reals
    """(C, 2) km."""
    compound_status: NDArray[np.int8]
    """(C,) `OPEN`, `SEALED` or `CONTROLLED`."""
    compound_district: NDArray[np.int16]
    """(C,) index of the district."""
    person_home: NDArray[np.int32]
    """(P,) compound in which the person lives."""
    person_roles: NDArray[np.uint16] | NDArray[np.int64]
    """(P,) bit r set: may serve in role r."""
    person_employer: NDArray[np.int32]
    """(P,) index of the work unit."""
    person_available: Flags
    """(P, T) may serve in that slot."""
    person_preference: Reals
    """(P, K) cost of a shift of that kind, 0 is liked."""
    line_place: NDArray[np.int32]
    """(L,) compound at which the line is."""
    line_role: NDArray[np.int8]
    """(L,) role."""
    required: NDArray[np.int16]
    """(L, T) people wanted; 0: no post."""
    minimum: NDArray[np.int16]
    """(L, T) people needed, at most `required`."""
    weight_minimum: Reals
    """(L,) cost of each person short of the minimum, beside `weight_required`."""
    weight_required: Reals
    """(L,) cost of each person short of the required."""
    role_radius_km: Reals
    """(R,) how far from home somebody may serve in the role, km."""
    load_cost: Reals
    """(W,) cost of a week with 0, 1, ... `max_shifts` shifts; convex."""
    change_cost: float = 2.0
    """Cost of a shift on another line than the same person's shift before."""
    base_travel_km: float = 0.3
    """Added to the distance of every shift, km; a kilometre costs 1."""
    slot_hours: int = 6
    slots_a_day: int = 4
    rest_slots: int = 2
    """Slots free after a shift: at most one shift in any ``rest_slots + 1`` slots in a row."""
    max_shifts: int = 5
    """Shifts a week."""
    max_nights_in_a_row: int = 2
    days_a_week: int = DAYS_A_WEEK
    """Days over which shifts and load count, from the first; more when seven times 24 hours begin
    in the middle of a day."""

    def __post_init__(self) -> None:
        from muster.planner.city.contradictions import contradictions  # noqa: PLC0415 -- it reads us

        refuse(BadCity, list(contradictions(self)))

    @property
    def compounds(self) -> int:
        return len(self.compound_status)

    @property
    def people(self) -> int:
        return len(self.person_home)

    @property
    def lines(self) -> int:
        return len(self.line_place)

    @property
    def slots(self) -> int:
        return int(self.required.shape[1])

    @property
    def week_slots(self) -> int:
        """Slots of a week; the first begins with slot 0."""
        return self.days_a_week * self.slots_a_day

    @property
    def weeks(self) -> int:
        """Weeks of the horizon, the last one perhaps cut off."""
        return -(-self.slots // self.week_slots)

    @property
    def roles(self) -> int:
        return len(self.role_radius_km)

    @property
    def kinds(self) -> NDArray[np.int64]:
        """(T,) the kind of each slot; `NIGHT` is 0."""
        return np.arange(self.slots) % self.slots_a_day

    @cached_property
    def fingerprint(self) -> str:
        """The same for the same problem, another for any other."""
        digest = blake2b(digest_size=16)
        for name, value in self.stored():
            digest.update(name.encode())
            digest.update(np.ascontiguousarray(value).data)
        return digest.hexdigest()

    def stored(self) -> Iterator[tuple[str, Whole]]:
        """Every field by its name in the file, as an array."""
        for each in fields(self):
            if each.name in LATER and getattr(self, each.name) == each.default:
                continue
            yield each.name, np.asarray(getattr(self, each.name))

    def distance(self, people: Whole, lines: Whole) -> Reals:
        """(n,) km from the home of ``people[i]`` to the place of ``lines[i]``."""
        away = self.compound_xy[self.person_home[people]] - self.compound_xy[self.line_place[lines]]
        return np.asarray(np.sqrt(away[..., 0] * away[..., 0] + away[..., 1] * away[..., 1]))


def city_of(arrays: Mapping[str, Any]) -> CityProblem:
    """The problem of `arrays`, whose types are made those of `SHAPES` where nothing is lost.

    Raises:
        BadCity: with every array whose type does not fit, or every contradiction.
    """
    made: dict[str, Any] = {}
    faults: list[str] = []
    for each in fields(CityProblem):
        if each.name not in arrays:
            continue
        value = np.asarray(arrays[each.name])
        if each.name in SHAPES:
            kept = _kept(value, SHAPES[each.name][1])
        else:
            kept = value.item() if value.shape == () and value.dtype.kind in "iuf" else None
        if kept is None:
            faults.append(f"{each.name} is {value.dtype} of shape {value.shape}; see the format")
        made[each.name] = kept
    refuse(BadCity, faults)
    return CityProblem(**made)


def _kept(value: Whole, wanted: type[np.generic]) -> Whole | None:
    """`value` as `wanted`, or nothing when that would change it."""
    if value.dtype == wanted:
        return value
    if value.dtype.kind not in "biuf":
        return None
    with np.errstate(invalid="ignore", over="ignore"):
        made: Whole = value.astype(wanted)
    return made if np.array_equal(made, value, equal_nan=value.dtype.kind == "f") else None
