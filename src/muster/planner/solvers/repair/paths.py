"""Paths within one slot, compiled: somebody comes over from another post, somebody to that one, and
at the end somebody free, or a post that can better do without.

Whoever changes his post within a slot keeps his rest, his week and his nights, so a path may have
any length: it is a shortest path from the hole over the posts of the slot, by what each move costs.
"""

from heapq import heappop, heappush
from typing import NamedTuple

import numpy as np

from muster.kernel.compiling import compiled
from muster.planner.solvers.repair.job import Array, Job
from muster.planner.solvers.repair.shifts import FREE, put, saved, take
from muster.planner.solvers.repair.slot import Slot, offers, slot_of, stay

INFINITE = 1e18
NOBODY = -1
MOST_POSTS = 500
"""Posts that one search opens at most."""


class Way(NamedTuple):
    """Scratch of the searches in a slot. `far` (L,): how far each line is, infinite at first and
    given back so. `moves` (L, 2): who leaves it, and for which line. `spent` (L,): how much was to
    spend from it when nothing was found; no search goes that way again with less. `found` (3,):
    who is free, where he goes, or which post will be one short, and for how much in all."""

    far: Array
    moves: Array
    spent: Array
    found: Array


@compiled
def _open(job: Job, here: Slot, slot: int, line: int, way: Way) -> list[int]:
    """See who could come to the line: keep the best who is free in ``way.found``; return the posts
    that are nearer by somebody who serves there."""
    plan, told, charge = job.state.plan, job.state.told, job.charge
    so_far, limit = way.far[line], way.found[2]
    nearer = [int(line) for _ in range(0)]
    first, last = offers(job, here, line)
    for at in range(first, last):
        person = here.person[at]
        now = plan[person, slot]
        cost = so_far + here.cost[at] + (0.0 if told[person] else charge)
        if now == FREE and cost < limit:
            way.found[0], way.found[1], way.found[2] = person, line, cost
            limit = cost
        if now in (FREE, line):
            continue
        cost = max(cost - here.stays[person], so_far)  # a search goes forward
        if cost < min(limit, way.far[now], limit - way.spent[now]):
            way.far[now], way.moves[now, 0], way.moves[now, 1] = cost, person, line
            nearer.append(int(now))
    return nearer


@compiled
def _search(job: Job, here: Slot, slot: int, hole: int, way: Way) -> bool:
    """The cheapest way to fill the hole into `way`; was there any for less than ``way.found[2]``,
    what it is worth?"""
    present = job.state.present
    worth = way.found[2]
    way.found[:2] = NOBODY
    way.far[hole] = 0.0
    reached = [int(hole)]
    heap = [(0.0, int(hole))]
    opened = 0
    while heap and opened < MOST_POSTS:
        so_far, line = heappop(heap)
        if so_far >= way.found[2]:
            break
        if so_far > way.far[line]:
            continue
        opened += 1
        for now in _open(job, here, slot, line, way):
            reached.append(now)
            heappush(heap, (way.far[now], now))
            short = way.far[now] + saved(job.city, present[now, slot] - 1, now, slot)
            if short < way.found[2]:
                way.found[0], way.found[1], way.found[2] = NOBODY, now, short
    vain = way.found[1] == NOBODY
    for line in reached:
        if vain:
            way.spent[line] = max(way.spent[line], worth - way.far[line])
        way.far[line] = INFINITE
    return not vain


@compiled
def _fill_slot(job: Job, lines: Array, slot: int, done: Array) -> None:
    """Fill one person on each of `lines`; `done` says which."""
    state = job.state
    every = state.present.shape[0]
    here = slot_of(job, slot)
    way = Way(
        np.full(every, INFINITE), np.empty((every, 2), np.int64), np.zeros(every), np.zeros(3)
    )
    for at in range(len(lines)):
        line = lines[at]
        worth = saved(job.city, state.present[line, slot], line, slot)
        if worth <= 0:
            continue
        way.found[2] = worth
        if not _search(job, here, slot, line, way):
            continue
        free, where = int(way.found[0]), int(way.found[1])
        post = where
        while post != line:
            person, there = way.moves[post, 0], way.moves[post, 1]
            take(state, person, slot)
            put(state, person, there, slot)
            stay(job.city, here, person, there)
            post = there
        if free != NOBODY:
            put(state, free, where, slot)
            stay(job.city, here, free, where)
        done[at] = True


def path(job: Job, cells: Array) -> Array:
    """Fill `cells` (n, 2: line, slot) by paths within their slot, slot by slot in their order. A
    path is taken only if the total falls by more than the charge for each person told for its sake.

    Returns:
        (n,) whether it was filled.
    """
    done = np.zeros(len(cells), dtype=np.bool_)
    for slot in np.unique(cells[:, 1]):
        which = np.flatnonzero(cells[:, 1] == slot)
        filled = np.zeros(len(which), dtype=np.bool_)
        _fill_slot(job, cells[which, 0], int(slot), filled)
        done[which] = filled
    return done
