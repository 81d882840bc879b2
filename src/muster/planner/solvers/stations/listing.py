"""Every schedule that is cheap enough, not only the best: the compiled half of the exact finish.

Walks back from the last day over the tables of `kernel.forward`; a table's entry is the exact least
cost of getting there, so that no step leads nowhere.
"""

import numpy as np

from muster.planner.solvers.stations.kernel import NEVER, OFF, Flags, Ints, compiled, forward


@compiled
def _step_back(
    works: bool, g: int, h: int, d: int, k: int, follow: Flags, run: Ints, idle: int
) -> int:
    """Weekends that day `d` adds when group `h` stood before group `g`; -1 where it may not."""
    max_run, min_run, min_off = run[0], run[1], run[2]
    was = h < idle
    if works and was:
        fits = h % max_run + 1 == g % max_run and follow[h // max_run, k]
        return (1 if d % 7 == 5 else 0) if fits else -1
    if works:
        ho = h - idle + 1
        fits = g % max_run == 0 and (ho == min_off or ho == d)
        return (1 if d % 7 >= 5 else 0) if fits else -1
    o = g - idle + 1
    if was:
        hc = h % max_run + 1
        return 0 if o == 1 and (hc >= min_run or hc == d) else -1
    return 0 if min(h - idle + 2, min_off) == o else -1


@compiled
def listing(
    cost: Ints,
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
    most: int,
    out: Ints,
) -> int:
    """All legal schedules that cost at most `most` into `out` (room, days).

    The other arguments are those of `kernel.schedule` and `kernel.forward`.

    Returns:
        How many there are; the size of the room + 1 when they do not fit.
    """
    forward(cost, off, units, stride, limit, follow, run, low, high, layers, alive)
    days, shifts = cell.shape
    room, found = out.shape[0], 0
    groups = layers.shape[1]
    idle = units.shape[0] * run[0]
    at = np.zeros((days, 4), np.int32)
    turn = np.zeros(days, np.int32)
    later = np.zeros(days + 1, np.int32)
    plan = np.full(days, OFF, np.int32)
    last = days - 1
    for g in range(groups):
        if not alive[last, g]:
            continue
        for t in range(layers.shape[2]):
            for w in range(layers.shape[3]):
                for j in range(max(0, least_units - low[last]), high[last] - low[last] + 1):
                    if layers[last, g, t, w, j] > most:
                        continue
                    at[last, 0], at[last, 1], at[last, 2], at[last, 3] = g, t, w, j + low[last]
                    d = last
                    turn[d] = 0
                    later[d] = 0
                    while d <= last:
                        here = at[d, 0]
                        works = here < idle
                        k = here // run[0] if works else -1
                        if turn[d] >= (shifts if works else 1) * groups:
                            d += 1
                            continue
                        s, h = turn[d] // groups, turn[d] % groups
                        turn[d] += 1
                        if works and (class_of[s] != k or cell[d, s] >= NEVER):
                            turn[d] = (s + 1) * groups
                            continue
                        price = cell[d, s] if works else off[d]
                        plan[d] = s if works else OFF
                        spent = later[d] + price
                        if d == 0:
                            turn[0] = (s + 1) * groups
                            if spent <= most:
                                if found == room:
                                    return room + 1
                                out[found] = plan
                                found += 1
                            continue
                        if not alive[d - 1, h]:
                            continue
                        dw = _step_back(works, here, h, d, k, follow, run, idle)
                        tt = at[d, 1] - (stride[k] if works else 0)
                        ww = at[d, 2] - dw
                        uu = at[d, 3] - (units[k] if works else 0)
                        if dw < 0 or ww < 0 or tt < 0 or not low[d - 1] <= uu <= high[d - 1]:
                            continue
                        if layers[d - 1, h, tt, ww, uu - low[d - 1]] + spent > most:
                            continue
                        d -= 1
                        at[d, 0], at[d, 1], at[d, 2], at[d, 3] = h, tt, ww, uu
                        turn[d] = 0
                        later[d] = spent
    return found
