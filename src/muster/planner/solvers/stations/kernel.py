"""The best personal schedule, exactly: a dynamic programme over days, compiled.

After each day a member stands in one *group*: he worked a shift of class k as the c-th day in a row
(group ``k * max_run + c - 1``), or has been off for o days, counted up to `min_off` (group
``K * max_run + o - 1``). Within a group a table says the least cost for every number of counted
shifts t, weekends w and units of time u. Totals that can no longer end between the contract's
minimum and maximum are not in the tables: u is stored relative to ``low[day]``.

Costs are int32; a path's cost stays within ± `UNREACHED`, and whatever started at `NEVER` above it,
so that no step of the inner loop has to ask whether its source is reached.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from muster.kernel.compiling import compiled

NEVER = np.int32(1 << 29)
UNREACHED = np.int32(1 << 28)
OFF = -1

Ints = NDArray[np.int32]
Flags = NDArray[np.bool_]


class Rules(NamedTuple):
    """A contract. By class (K,): `units` of time, `stride` of its step in t (0 = not counted) and
    `limit`. By group (G, P): `sources`, the groups that may stand before it, -1 after the last, and
    `only`, the one day on which each may (0 = any), for a run that the horizon cut short. By day:
    `low` and `high` units after it. `class_of` (shifts,) is -1 for a shift never worked."""

    class_of: Ints
    units: Ints
    stride: Ints
    limit: Ints
    sources: Ints
    only: Ints
    low: Ints
    high: Ints
    max_run: int
    least: int


class Costs(NamedTuple):
    """`cell` (days, shifts) and `off` (days,) of a shift and a day off, `NEVER` where it may not
    be; `cost` and `best` (days, K): the cheapest shift of a class and which it is."""

    cell: Ints
    off: Ints
    cost: Ints
    best: Ints


class Tables(NamedTuple):
    """`layers` (days, G, T, weekends + 1, band); `alive` (days, G): was anything reached?"""

    layers: Ints
    alive: Flags


class Frame(NamedTuple):
    """All that a walk over the days looks at."""

    rules: Rules
    costs: Costs
    tables: Tables


@compiled
def costs_of(cell: Ints, off: Ints, class_of: Ints, count: int) -> Costs:
    """`Costs` of `count` classes."""
    days, shifts = cell.shape
    cost = np.full((days, count), NEVER, np.int32)
    best = np.full((days, count), -1, np.int32)
    for d in range(days):
        for s in range(shifts):
            k = class_of[s]
            if k >= 0 and cell[d, s] < cost[d, k]:
                cost[d, k] = cell[d, s]
                best[d, k] = s
    return Costs(cell, off, cost, best)


@compiled
def weekends(rules: Rules, d: int, g: int, to: int) -> int:
    """Weekends that working on day `d` in group `to` adds after group `g`."""
    idle = rules.units.shape[0] * rules.max_run
    if to >= idle:
        return 0
    return 1 if d % 7 == 5 or (d % 7 == 6 and g >= idle) else 0


@compiled
def price_of(rules: Rules, costs: Costs, d: int, group: int) -> int:
    """What day `d` costs at least in `group`."""
    k = group // rules.max_run
    return int(costs.cost[d, k] if k < rules.units.shape[0] else costs.off[d])


@compiled
def _relax(frame: Frame, d: int, g: int, to: int) -> None:
    """Reach group `to` on day `d` from group `g`: a minimum over whole tables."""
    rules, costs, tables = frame
    k = to // rules.max_run
    works = k < rules.units.shape[0]
    stride = rules.stride[k] if works else 0
    limit = rules.limit[k] if works else 0
    dw = weekends(rules, d, g, to)
    shift = (rules.units[k] if works else 0) - rules.low[d] + rules.low[d - 1]
    first = max(0, -shift)
    last = min(rules.high[d - 1] - rules.low[d - 1] + 1, rules.high[d] - rules.low[d] + 1 - shift)
    count = last - first
    if count <= 0:
        return
    source, target = tables.layers[d - 1, g], tables.layers[d, to]
    if not tables.alive[d, to]:
        tables.alive[d, to] = True
        target[:, :, : rules.high[d] - rules.low[d] + 1] = NEVER
    price = np.int32(price_of(rules, costs, d, to))
    for t in range(source.shape[0]):
        if stride > 0 and (t // stride) % (limit + 1) >= limit:
            continue
        for w in range(source.shape[1] - dw):
            a = source[t, w, first : first + count]
            b = target[t + stride, w + dw, first + shift : first + shift + count]
            for j in range(count):
                b[j] = min(b[j], a[j] + price)


@compiled
def _start(rules: Rules, tables: Tables, to: int, cost: int) -> None:
    """Group `to` on the first day: every run starts there."""
    k = to // rules.max_run
    works = k < rules.units.shape[0]
    first = to % rules.max_run == 0 if works else to == rules.units.shape[0] * rules.max_run
    unit = (rules.units[k] if works else 0) - rules.low[0]
    if not first or unit < 0 or unit > rules.high[0] - rules.low[0]:
        return
    if works and rules.stride[k] > 0 and rules.limit[k] == 0:
        return
    tables.layers[0, to, :, :, : rules.high[0] - rules.low[0] + 1] = NEVER
    tables.layers[0, to, rules.stride[k] if works else 0, 0, unit] = cost
    tables.alive[0, to] = True


@compiled
def forward(frame: Frame) -> None:
    """Fill the tables of `frame`."""
    rules, costs, tables = frame
    days, groups = tables.alive.shape
    tables.alive[:] = False
    for d in range(days):
        for to in range(groups):
            cost = price_of(rules, costs, d, to)
            if cost >= NEVER:
                continue
            if d == 0:
                _start(rules, tables, to, cost)
                continue
            for i in range(rules.sources.shape[1]):
                g, only = rules.sources[to, i], rules.only[to, i]
                if g >= 0 and tables.alive[d - 1, g] and only in (0, d):
                    _relax(frame, d, g, to)


@compiled
def entry(rules: Rules, tables: Tables, d: int, state: Ints) -> int:
    """The table's entry for `state` = (group, t, w, u) after day `d`; `NEVER` outside of it."""
    g, t, w, u = state[0], state[1], state[2], state[3]
    if g < 0 or not tables.alive[d, g] or t < 0 or w < 0:
        return int(NEVER)
    if u < rules.low[d] or u > rules.high[d]:
        return int(NEVER)
    return int(tables.layers[d, g, t, w, u - rules.low[d]])


@compiled
def step_back(rules: Rules, d: int, here: Ints, i: int, before: Ints) -> bool:
    """The `i`-th state that may stand before `here` on day `d`, into `before`; is there one?"""
    to = here[0]
    g, only = rules.sources[to, i], rules.only[to, i]
    if g < 0 or (only > 0 and only != d):
        return False
    k = to // rules.max_run
    works = k < rules.units.shape[0]
    before[0] = g
    before[1] = here[1] - (rules.stride[k] if works else 0)
    before[2] = here[2] - weekends(rules, d, g, to)
    before[3] = here[3] - (rules.units[k] if works else 0)
    return True


@compiled
def _least(rules: Rules, tables: Tables, state: Ints) -> int:
    """The least cost on the last day; `state` becomes its (group, t, w, u)."""
    last = tables.alive.shape[0] - 1
    least = NEVER
    first = max(0, rules.least - rules.low[last])
    width = rules.high[last] - rules.low[last] + 1
    for g in range(tables.alive.shape[1]):
        if not tables.alive[last, g]:
            continue
        table = tables.layers[last, g, :, :, :width]
        for t in range(table.shape[0]):
            for w in range(table.shape[1]):
                for j in range(first, width):
                    if table[t, w, j] < least:
                        least = table[t, w, j]
                        state[:] = np.array([g, t, w, j + rules.low[last]])
    return int(least)


@compiled
def _back(rules: Rules, tables: Tables, d: int, state: Ints, cost: int) -> bool:
    """Replace `state` after day `d` by one after the day before whose entry is `cost`."""
    before = np.zeros(4, np.int32)
    for i in range(rules.sources.shape[1]):
        there = step_back(rules, d, state, i, before)
        if there and entry(rules, tables, d - 1, before) == cost:
            state[:] = before
            return True
    return False


@compiled
def schedule(frame: Frame, out: Ints) -> int:
    """The cheapest legal schedule into `out` (days,), `OFF` on days off; its cost or `NEVER`."""
    rules, costs, tables = frame
    forward(frame)
    state = np.zeros(4, np.int32)
    total = _least(rules, tables, state)
    if total >= UNREACHED:
        return int(NEVER)
    value = total
    for d in range(out.shape[0] - 1, -1, -1):
        k = state[0] // rules.max_run
        out[d] = costs.best[d, k] if k < rules.units.shape[0] else OFF
        value -= price_of(rules, costs, d, state[0])
        if d > 0 and not _back(rules, tables, d, state, value):
            return int(NEVER)
    return total
