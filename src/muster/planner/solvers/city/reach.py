"""Who may serve where, and how far it is: for every home and role the lines within reach."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from muster.kernel.compiling import compiled
from muster.planner.city.problem import OPEN, SEALED, CityProblem
from muster.planner.solvers.city.tables import (
    Crowd,
    Demand,
    Ints,
    Small,
    Week,
    crowd_of,
    demand_of,
    units,
    week_of,
)


class Reach(NamedTuple):
    """Lines for home c and role r are ``line[start[c * roles + r]:start[c * roles + r + 1]]``;
    `travel` is what getting there costs, in whole units, base included."""

    start: Ints
    line: Small
    travel: Ints


class _Map(NamedTuple):
    """Compounds in a grid of cells as wide as the widest radius; lines by their compound."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    status: NDArray[np.int64]
    radius: NDArray[np.float64]
    role: NDArray[np.int64]
    cell: Ints
    columns: int
    rows: int
    cell_start: Ints
    compound: Small
    line_start: Ints
    line: Small


class _Lists(NamedTuple):
    """Where the lists are counted or, with `write`, written: the next place of each is `at`."""

    at: Ints
    line: Small
    km: NDArray[np.float64]
    write: bool


class City(NamedTuple):
    """A problem as the kernels read it. Nobody has more than `room` posts within reach."""

    reach: Reach
    week: Week
    crowd: Crowd
    demand: Demand
    room: int


def city_of(problem: CityProblem, most: Small | None = None) -> City:
    """`problem` as the kernels read it; person p serves ``most[p]`` shifts at most, where given."""
    reach = reach_of(problem)
    posts = np.count_nonzero(problem.required > 0, axis=1)
    upto = np.concatenate([[0], np.cumsum(posts[reach.line])])
    by_home = np.diff(upto[reach.start[:: problem.roles]])
    return City(
        reach,
        week_of(problem),
        crowd_of(problem, most),
        demand_of(problem),
        int(by_home.max(initial=1)),
    )


def reach_of(problem: CityProblem) -> Reach:
    """Who may serve where in `problem`: a sealed or controlled home's people at home only, nobody
    else in a sealed compound, otherwise within the role's radius."""
    plan = _map(problem)
    roles = problem.roles
    start = np.zeros(problem.compounds * roles + 1, np.int64)
    nothing, far = np.empty(0, np.int32), np.empty(0, np.float64)
    _list(plan, _Lists(start, nothing, far, write=False))
    np.cumsum(start, out=start)
    line = np.empty(start[-1], np.int32)
    km = np.empty(start[-1], np.float64)
    _list(plan, _Lists(start[:-1].copy(), line, km, write=True))
    return Reach(start, line, units(km + problem.base_travel_km))


def _map(problem: CityProblem) -> _Map:
    x, y = (np.ascontiguousarray(problem.compound_xy[:, axis], np.float64) for axis in (0, 1))
    width = max(float(problem.role_radius_km.max()), 1e-9)
    column = ((x - x.min()) / width).astype(np.int64)
    row = ((y - y.min()) / width).astype(np.int64)
    rows = int(row.max()) + 1
    columns = int(column.max()) + 1
    cell = column * rows + row
    compound = np.argsort(cell, kind="stable").astype(np.int32)
    line = np.argsort(problem.line_place, kind="stable").astype(np.int32)
    return _Map(
        x=x,
        y=y,
        status=problem.compound_status.astype(np.int64),
        radius=problem.role_radius_km.astype(np.float64),
        role=problem.line_role.astype(np.int64),
        cell=cell,
        columns=columns,
        rows=rows,
        cell_start=np.searchsorted(cell[compound], np.arange(columns * rows + 1)).astype(np.int64),
        compound=compound,
        line_start=np.searchsorted(
            problem.line_place[line], np.arange(problem.compounds + 1)
        ).astype(np.int64),
        line=line,
    )


@compiled
def _put(plan: _Map, lists: _Lists, home: int, place: int) -> None:
    """Count or write the lines of `place` that are in reach of `home`."""
    distance = np.sqrt((plan.x[home] - plan.x[place]) ** 2 + (plan.y[home] - plan.y[place]) ** 2)
    for j in range(plan.line_start[place], plan.line_start[place + 1]):
        each = plan.line[j]
        role = plan.role[each]
        group = home * plan.radius.shape[0] + role
        if home != place and distance > plan.radius[role]:
            continue
        if lists.write:
            lists.line[lists.at[group]] = each
            lists.km[lists.at[group]] = distance
            lists.at[group] += 1
        else:
            lists.at[group + 1] += 1


@compiled
def _around(plan: _Map, lists: _Lists, home: int) -> None:
    """The nine grid cells about an open home."""
    column, row = plan.cell[home] // plan.rows, plan.cell[home] % plan.rows
    for a in range(max(column - 1, 0), min(column + 2, plan.columns)):
        for b in range(max(row - 1, 0), min(row + 2, plan.rows)):
            cell = a * plan.rows + b
            for i in range(plan.cell_start[cell], plan.cell_start[cell + 1]):
                place = plan.compound[i]
                if plan.status[place] != SEALED:
                    _put(plan, lists, home, place)


@compiled
def _list(plan: _Map, lists: _Lists) -> None:
    for home in range(plan.x.shape[0]):
        if plan.status[home] == OPEN:
            _around(plan, lists, home)
        else:
            _put(plan, lists, home, home)
