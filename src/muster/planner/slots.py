"""Shifts of any hours on a grid of slots, as a city's week has them.

A day is cut into the night (before `MORNING`) and cells of equal length after it. The rules of rest
and of hours a day become one number: so many slots stay free after a shift. The grid is the
coarsest that forbids no pair of shifts that the rules allow, else the one that forbids fewest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from muster.planner.problem import MORNING, Rules, Shift, Span

CELLS = (18, 9, 6, 3, 2, 1)
"""Hours of a cell after the night, the coarsest first."""


@dataclass(frozen=True, slots=True)
class Grid:
    """`of`: shift id → slot; slot t is of day ``t // slots_a_day``, kind ``t % slots_a_day``, kind
    0 being the night. `forbidden`: pairs of shifts that the rules allow one person and the grid
    does not."""

    of: Mapping[int, int]
    slots_a_day: int
    slots: int
    rest_slots: int
    forbidden: int

    def shifts_at(self, slot: int) -> tuple[int, ...]:
        """The ids of the shifts in a slot."""
        return tuple(shift for shift, at in self.of.items() if at == slot)


def clash(rules: Rules, one: Span, other: Span) -> bool:
    """Whether one person may not serve both: they overlap, rest or the hours of a day are short."""
    rest = timedelta(hours=rules.rest_hours)
    if one.start < other.end + rest and other.start < one.end + rest:
        return True
    same_day = one.start.date() == other.start.date()
    return same_day and one.hours + other.hours > rules.max_daily_hours


def grid_of(shifts: Sequence[Shift], rules: Rules) -> Grid:
    """The grid for `shifts`; at least one."""
    ordered = sorted(shifts, key=lambda shift: shift.start)
    clashes = np.array([[clash(rules, a.span, b.span) for b in ordered] for a in ordered])
    best: Grid | None = None
    for cell in CELLS:
        grid = _grid(ordered, clashes, cell)
        if best is None or grid.forbidden < best.forbidden:
            best = grid
        if not best.forbidden:
            break
    assert best is not None  # noqa: S101 -- CELLS is not empty
    return best


def _grid(ordered: Sequence[Shift], clashes: np.ndarray, cell: int) -> Grid:
    kinds = 1 + (24 - MORNING) // cell
    first = ordered[0].start.date()
    at = np.array(
        [_slot(shift, cell, kinds, (shift.start.date() - first).days) for shift in ordered]
    )
    apart = np.abs(at[:, None] - at[None, :])
    rest = int(apart[clashes].max())
    others = ~np.eye(len(at), dtype=bool)
    return Grid(
        of={shift.id: int(slot) for shift, slot in zip(ordered, at, strict=True)},
        slots_a_day=kinds,
        slots=((ordered[-1].start.date() - first).days + 1) * kinds,
        rest_slots=rest,
        forbidden=int(np.count_nonzero(others & ~clashes & (apart <= rest))) // 2,
    )


def _slot(shift: Shift, cell: int, kinds: int, day: int) -> int:
    hour = shift.start.hour
    return day * kinds + (0 if hour < MORNING else 1 + (hour - MORNING) // cell)
