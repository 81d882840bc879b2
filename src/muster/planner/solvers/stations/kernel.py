"""The best personal schedule, exactly: a dynamic programme over days, compiled.

After each day a member stands in one *group*: he worked a shift of class k as the c-th day in a row
(group ``k * max_run + c - 1``), or has been off for o days, counted up to `min_off` (group
``K * max_run + o - 1``). Within a group a table says the least cost for every number of counted
shifts t, weekends w and units of time u. `layers` keeps the tables of all days, int32 of shape
(days, groups, T, weekends + 1, band), where u is stored relative to `low[day]`: totals that can no
longer end between the contract's minimum and maximum are not in the band at all.

Costs are int32; a path's cost stays within ± `UNREACHED`, and whatever started at `NEVER` above it,
so that no step of the inner loop has to ask whether its source is reached.
"""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

NEVER = np.int32(1 << 29)
UNREACHED = np.int32(1 << 28)
OFF = -1

Ints = NDArray[np.int32]
Flags = NDArray[np.bool_]


def compiled[F: Callable[..., Any]](function: F) -> F:
    """Compile `function` to machine code that runs without the interpreter's lock; kept on disk."""
    made: F = numba.njit(cache=True, nogil=True)(function)
    return made


@compiled
def _relax(
    source: Ints, target: Ints, cost: int, stride: int, limit: int, dw: int, shift: int, width: int
) -> None:
    """target[t + stride, w + dw, j + shift] = min(itself, source[t, w, j] + cost)."""
    price = np.int32(cost)
    first = max(0, -shift)
    count = min(source.shape[2], width - shift) - first
    if count <= 0:
        return
    for t in range(source.shape[0]):
        if stride > 0 and (t // stride) % (limit + 1) >= limit:
            continue
        for w in range(source.shape[1] - dw):
            s = source[t, w, first : first + count]
            g = target[t + stride, w + dw, first + shift : first + shift + count]
            for j in range(count):
                g[j] = min(g[j], s[j] + price)


@compiled
def classes(cell: Ints, class_of: Ints, count: int) -> tuple[Ints, Ints]:
    """The cheapest shift of each class on each day: its cost and which it is.

    Args:
        cell: (days, shifts) what each shift costs; `NEVER` where it may not be worked.
        class_of: (shifts,) the class of each shift, -1 for a shift he never works.
        count: number of classes.
    """
    days, shifts = cell.shape
    cost = np.full((days, count), NEVER, np.int32)
    best = np.full((days, count), -1, np.int32)
    for d in range(days):
        for s in range(shifts):
            k = class_of[s]
            if k >= 0 and cell[d, s] < cost[d, k]:
                cost[d, k] = cell[d, s]
                best[d, k] = s
    return cost, best


@compiled
def forward(
    cost: Ints,
    off: Ints,
    units: Ints,
    stride: Ints,
    limit: Ints,
    follow: Flags,
    run: Ints,
    low: Ints,
    high: Ints,
    layers: Ints,
    alive: Flags,
) -> None:
    """Fill `layers` and `alive` (days, groups).

    Args:
        cost: (days, K) of the cheapest shift of a class.
        off: (days,) cost of a day off; `NEVER` where he must work.
        units, stride, limit: (K,) time of a class, its step in t (0 = not counted) and its most.
        follow: (K, K) may class [1] stand on the day after class [0]?
        run: most days in a row, fewest days in a row, fewest days off.
        low, high: (days,) units after each day.
    """
    days, count = cost.shape
    max_run, min_run, min_off = run[0], run[1], run[2]
    idle = count * max_run
    alive[:] = False
    for d in range(days):
        weekday = d % 7
        width = high[d] - low[d] + 1
        layers[d, :, :, :, :width] = NEVER
        for k in range(count):
            if cost[d, k] >= NEVER:
                continue
            fresh = k * max_run
            step = units[k] - low[d] + (low[d - 1] if d else 0)
            if d == 0:
                if 0 <= step < width and (stride[k] == 0 or limit[k] > 0):
                    layers[0, fresh, stride[k], 0, step] = cost[0, k]
                    alive[0, fresh] = True
                continue
            last = high[d - 1] - low[d - 1] + 1
            before = layers[d - 1, :, :, :, :last]
            for o in range(1, min_off + 1):
                if alive[d - 1, idle + o - 1] and (o == min_off or o == d):
                    _relax(
                        before[idle + o - 1],
                        layers[d, fresh],
                        cost[d, k],
                        stride[k],
                        limit[k],
                        1 if weekday >= 5 else 0,
                        step,
                        width,
                    )
                    alive[d, fresh] = True
            for j in range(count):
                if not follow[j, k]:
                    continue
                for c in range(1, max_run):
                    if alive[d - 1, j * max_run + c - 1]:
                        _relax(
                            before[j * max_run + c - 1],
                            layers[d, fresh + c],
                            cost[d, k],
                            stride[k],
                            limit[k],
                            1 if weekday == 5 else 0,
                            step,
                            width,
                        )
                        alive[d, fresh + c] = True
        if off[d] >= NEVER:
            continue
        if d == 0:
            if low[0] == 0:
                layers[0, idle, 0, 0, 0] = off[0]
                alive[0, idle] = True
            continue
        before = layers[d - 1, :, :, :, : high[d - 1] - low[d - 1] + 1]
        step = low[d - 1] - low[d]
        for j in range(count):
            for c in range(1, max_run + 1):
                if alive[d - 1, j * max_run + c - 1] and (c >= min_run or c == d):
                    _relax(
                        before[j * max_run + c - 1], layers[d, idle], off[d], 0, 0, 0, step, width
                    )
                    alive[d, idle] = True
        for o in range(1, min_off + 1):
            if alive[d - 1, idle + o - 1]:
                to = idle + min(o + 1, min_off) - 1
                _relax(before[idle + o - 1], layers[d, to], off[d], 0, 0, 0, step, width)
                alive[d, to] = True


@compiled
def _least(layer: Ints, alive: Flags, first: int, width: int, state: Ints) -> int:
    """The least value on the last day from band position `first` on; `state` = (g, t, w, j)."""
    least = NEVER
    for g in range(layer.shape[0]):
        if not alive[g]:
            continue
        for t in range(layer.shape[1]):
            for w in range(layer.shape[2]):
                for j in range(first, width):
                    if layer[g, t, w, j] < least:
                        least = layer[g, t, w, j]
                        state[0], state[1], state[2], state[3] = g, t, w, j
    return least


@compiled
def backward(
    cost: Ints,
    off: Ints,
    best: Ints,
    units: Ints,
    stride: Ints,
    follow: Flags,
    run: Ints,
    low: Ints,
    high: Ints,
    least_units: int,
    layers: Ints,
    alive: Flags,
    out: Ints,
) -> int:
    """Walk back from the cheapest end: `out` (days,) becomes the shifts, `OFF` on days off.

    Returns its cost, or `NEVER` when no schedule keeps the rules.
    """
    days, count = cost.shape
    max_run, min_run, min_off = run[0], run[1], run[2]
    idle = count * max_run
    state = np.zeros(4, np.int32)
    last = days - 1
    first = max(0, least_units - low[last])
    value = _least(layers[last], alive[last], first, high[last] - low[last] + 1, state)
    if value >= UNREACHED:
        return NEVER
    total = value
    g, t, w, u = state[0], state[1], state[2], state[3] + low[last]
    for d in range(last, -1, -1):
        works = g < idle
        k = g // max_run
        out[d] = best[d, k] if works else OFF
        if d == 0:
            break
        c = g % max_run + 1 if works else 0
        o = g - idle + 1
        before = value - (cost[d, k] if works else off[d])
        t -= stride[k] if works else 0
        u -= units[k] if works else 0
        inside = low[d - 1] <= u <= high[d - 1]
        found = -1
        for h in range(layers.shape[1]):
            if not inside or not alive[d - 1, h]:
                continue
            was = h < idle
            hc = h % max_run + 1
            ho = h - idle + 1
            dw = 0
            if works:
                if was:
                    if hc + 1 != c or not follow[h // max_run, k]:
                        continue
                    dw = 1 if d % 7 == 5 else 0
                else:
                    if c != 1 or (ho != min_off and ho != d):
                        continue
                    dw = 1 if d % 7 >= 5 else 0
            elif was:
                if o != 1 or (hc < min_run and hc != d):
                    continue
            elif min(ho + 1, min_off) != o:
                continue
            if w >= dw and layers[d - 1, h, t, w - dw, u - low[d - 1]] == before:
                found = h
                w -= dw
                break
        if found < 0:
            return NEVER
        g = found
        value = before
    return total


@compiled
def schedule(
    cell: Ints,
    off: Ints,
    class_of: Ints,
    units: Ints,
    stride: Ints,
    limit: Ints,
    follow: Flags,
    run: Ints,
    low: Ints,
    high: Ints,
    least_units: int,
    layers: Ints,
    alive: Flags,
    out: Ints,
) -> int:
    """The cheapest legal schedule into `out` (days,); its cost or `NEVER`.

    `cell` (days, shifts) and `off` (days,) are costs, `layers` and `alive` room to work in; the
    rest is a contract as `forward` describes it.
    """
    cost, best = classes(cell, class_of, units.shape[0])
    forward(cost, off, units, stride, limit, follow, run, low, high, layers, alive)
    return backward(
        cost, off, best, units, stride, follow, run, low, high, least_units, layers, alive, out
    )
