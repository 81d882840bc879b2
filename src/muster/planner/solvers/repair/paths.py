"""Paths within one slot, compiled: somebody comes over from another post, somebody to that one, and
at the end somebody free, or a post that can better do without.

Whoever changes his post within a slot keeps his rest, his week and his nights, so a path may have
any length: it is a shortest path from the hole over the posts of the slot, by what each move costs.
The search is led by ``job.slots.far``, and writes into it what it learns.
"""

from heapq import heappop, heappush

import numpy as np

from muster.kernel.compiling import compiled
from muster.planner.solvers.repair.fills import NOBODY
from muster.planner.solvers.repair.job import Job
from muster.planner.solvers.repair.shifts import FREE, put, saved, span, take
from muster.planner.solvers.repair.slot import changed, see

MOST_POSTS = 500
"""Posts that one search opens at most."""


@compiled
def _open(job: Job, slot: int, line: int) -> int:
    """See who could come to the line: keep the best who is free in ``way.found``, and the posts
    that are nearer by somebody who serves there in ``way.nearer``; returns how many."""
    # Arrays by name: handing over tuples of arrays in a loop costs more than the loop.
    city, near, slots, way = job.city, job.near, job.slots, job.way
    living, told, far = city.living, job.state.told, slots.far[slot]
    able, now = slots.able[slot], slots.now[slot]
    before, after = slots.before[slot], slots.after[slot]
    own, stays = slots.own[slot], slots.stays[slot]
    change, role, charge = city.numbers[0], city.role[line], job.charge
    so_far, limit = way.dist[line], way.found[2]
    dist, moves, nearer, count = way.dist, way.moves, way.nearer, 0
    start, end = span(job, line)
    for i in range(start, end):
        home, km = near.home[i], near.km[i]
        for at in range(city.first[role, home], city.first[role, home + 1]):
            person = living[at]
            post = now[person]
            if not able[person] or post == line:
                continue
            cost = own[person] + km + changed(before[person], after[person], line) * change
            if not told[person]:
                cost += charge
            if post == FREE:
                if so_far + cost < limit:
                    limit = so_far + cost
                    way.found[0], way.found[1], way.found[2] = person, line, limit
                continue
            cost = so_far + max(cost - stays[person], 0.0)  # a search goes forward
            if cost < dist[post] and cost + far[post] < limit:
                dist[post], moves[post, 0], moves[post, 1] = cost, person, line
                nearer[count] = post
                count += 1
    return count


@compiled
def find_path(job: Job, slot: int, hole: int, limit: float) -> bool:
    """The cheapest path that fills the hole, into ``job.way``; is there one below `limit`?"""
    present, way, far = job.state.present, job.way, job.slots.far[slot]
    way.found[0], way.found[1], way.found[2] = NOBODY, NOBODY, limit
    way.dist[hole] = 0.0
    reached = [np.int64(hole)]
    heap = [(0.0, 0.0, np.int64(hole))]
    opened = 0
    while heap and opened < MOST_POSTS:
        whole, so_far, line = heappop(heap)
        if whole >= way.found[2]:
            break
        if so_far > way.dist[line]:
            continue
        opened += 1
        for at in range(_open(job, slot, int(line))):
            post = way.nearer[at]
            reached.append(post)
            cost = way.dist[post]
            heappush(heap, (cost + far[post], cost, post))
            short = cost + saved(job.city, present[post, slot] - 1, post, slot)
            if short < way.found[2]:
                way.found[0], way.found[1], way.found[2] = NOBODY, post, short
    for post in reached:  # nothing ends nearer than what was found
        if opened < MOST_POSTS and way.dist[post] < np.inf:
            far[post] = max(far[post], way.found[2] - way.dist[post])
        way.dist[post] = np.inf
    return bool(way.found[1] != NOBODY)


@compiled
def go(job: Job, slot: int, hole: int) -> None:
    """Move everybody on the path in ``job.way``."""
    state, way = job.state, job.way
    free, where = int(way.found[0]), int(way.found[1])
    post = where
    while post != hole:
        person, there = way.moves[post, 0], way.moves[post, 1]
        take(state, person, slot)
        put(state, person, there, slot)
        see(job, person)
        post = there
    if free != NOBODY:
        put(state, free, where, slot)
        see(job, free)
