"""Every schedule that is cheap enough, not only the best: the compiled half of the exact finish.

Walks back from the last day over the tables of `kernel.forward`; a table's entry is the exact least
cost of getting there, so that no step leads nowhere.
"""

from typing import NamedTuple

import numpy as np

from muster.kernel.compiling import compiled
from muster.planner.solvers.stations.kernel import (
    NEVER,
    OFF,
    Costs,
    Frame,
    Ints,
    Rules,
    entry,
    forward,
    step_back,
)


class _Walk(NamedTuple):
    """Where the walk stands, by day: `state` (days, 4), the next `turn` to try, what the days
    `later` cost, the `plan` so far."""

    state: Ints
    turn: Ints
    later: Ints
    plan: Ints


@compiled
def _shift_at(rules: Rules, costs: Costs, walk: _Walk, d: int, at: int) -> int:
    """The `at`-th choice of day `d`: a shift, `OFF`, or -2 when this one is not open."""
    k = walk.state[d, 0] // rules.max_run
    if k >= rules.units.shape[0]:
        return OFF if at == 0 else -2
    return at if rules.class_of[at] == k and costs.cell[d, at] < NEVER else -2


@compiled
def _down(frame: Frame, walk: _Walk, d: int, most: int) -> bool:
    """Try the next turn of day `d`; was a state of the day before (or, on day 0, a whole schedule)
    reached within `most`?"""
    rules, costs, tables = frame
    width = rules.sources.shape[1]
    at, i = walk.turn[d] // width, walk.turn[d] % width
    walk.turn[d] += 1
    s = _shift_at(rules, costs, walk, d, at)
    if s < OFF:
        walk.turn[d] = (at + 1) * width
        return False
    walk.plan[d] = s
    spent = walk.later[d] + (costs.cell[d, s] if s >= 0 else costs.off[d])
    if d == 0:
        walk.turn[0] = (at + 1) * width
        return bool(spent <= most)
    if not step_back(rules, d, walk.state[d], i, walk.state[d - 1]):
        return False
    if entry(rules, tables, d - 1, walk.state[d - 1]) + spent > most:
        return False
    walk.turn[d - 1], walk.later[d - 1] = 0, spent
    return True


@compiled
def _walk(frame: Frame, walk: _Walk, most: int, out: Ints, found: int) -> int:
    """All schedules that end in the last state of `walk`, into `out` from `found` on."""
    days, shifts = frame.costs.cell.shape
    choices = shifts * frame.rules.sources.shape[1]
    d = days - 1
    walk.turn[d], walk.later[d] = 0, 0
    while d < days:
        if walk.turn[d] >= choices:
            d += 1
        elif _down(frame, walk, d, most):
            if d > 0:
                d -= 1
                continue
            if found < out.shape[0]:
                out[found] = walk.plan
            found += 1
            if found > out.shape[0]:
                return found
    return found


@compiled
def listing(frame: Frame, most: int, out: Ints) -> int:
    """All legal schedules that cost at most `most` into `out` (room, days).

    Returns:
        How many there are; room + 1 when they do not fit.
    """
    rules, _, tables = frame
    forward(frame)
    days, groups = tables.alive.shape
    last, found = days - 1, 0
    walk = _Walk(
        np.zeros((days, 4), np.int32), np.zeros(days, np.int32), np.zeros(days, np.int32),
        np.full(days, OFF, np.int32),
    )  # fmt: skip
    shape = tables.layers.shape
    for end in range(groups * shape[2] * shape[3]):
        w, rest = end % shape[3], end // shape[3]
        for u in range(max(rules.least, rules.low[last]), rules.high[last] + 1):
            walk.state[last] = np.array([rest // shape[2], rest % shape[2], w, u])
            if entry(rules, tables, last, walk.state[last]) <= most and found <= out.shape[0]:
                found = _walk(frame, walk, most, out, found)
    return found
