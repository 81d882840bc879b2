"""Paths within one slot, compiled: somebody comes over from another post, somebody to that one, and
at the end somebody free, or a post that can better do without.

Whoever changes his post within a slot keeps his rest, his week and his nights, so a path may have
any length: it is a short path from the hole over the posts of the slot, by what each move costs.
The search is led by ``job.slots.far``, and writes into it what it learns. No post is opened twice.
"""

from heapq import heappop, heappush

import numpy as np

from muster.kernel.compiling import compiled
from muster.planner.solvers.repair.fills import NOBODY
from muster.planner.solvers.repair.job import Job
from muster.planner.solvers.repair.shifts import FREE, put, saved, span, take
from muster.planner.solvers.repair.slot import changed, see

MOST_POSTS = 60
"""Posts that one search opens at most, if not told otherwise."""


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
    dist, shut, moves, nearer, count = way.dist, way.shut, way.moves, way.nearer, 0
    start, end = span(job, line)
    for i in range(start, end):
        home, km = near.home[i], near.km[i]
        for at in range(city.first[role, home], city.first[role, home + 1]):
            person = living[at]
            post = now[person]
            if not able[person] or post == line or (post != FREE and shut[post]):
                continue
            cost = own[person] + km + changed(before[person], after[person], line) * change
            if not told[person]:
                cost += charge
            if post == FREE:
                if so_far + cost < limit:
                    limit = so_far + cost
                    way.found[0], way.found[1], way.found[2] = person, line, limit
                continue
            cost = so_far + cost - stays[person]
            if cost < dist[post] and cost + far[post] < limit:
                dist[post], moves[post, 0], moves[post, 1] = cost, person, line
                nearer[count] = post
                count += 1
    return count


@compiled
def _learn(job: Job, slot: int, reached: list[np.int64], least: float) -> None:
    """No path through a post that was reached costs less than `least`; clean up."""
    way, far = job.way, job.slots.far[slot]
    for post in reached:
        if way.dist[post] < np.inf:
            far[post] = max(far[post], least - way.dist[post])
        way.dist[post], way.shut[post] = np.inf, False


@compiled
def find_path(job: Job, slot: int, hole: int, limit: float, most: int = MOST_POSTS) -> bool:
    """A cheap path that fills the hole, into ``job.way``; is there one below `limit`? (Somebody may
    cost less at the next post than where he is: then it need not be the cheapest.) It opens at most
    `most` posts."""
    present, way, far = job.state.present, job.way, job.slots.far[slot]
    way.found[0], way.found[1], way.found[2] = NOBODY, NOBODY, limit
    way.dist[hole] = 0.0
    reached = [np.int64(hole)]
    heap = [(0.0, 0.0, np.int64(hole))]
    opened = 0
    while heap and opened < most:
        whole, _, line = heappop(heap)
        if whole >= way.found[2]:
            break
        if way.shut[line]:
            continue
        way.shut[line] = True
        opened += 1
        for at in range(_open(job, slot, int(line))):
            post = way.nearer[at]
            reached.append(post)
            cost = way.dist[post]
            heappush(heap, (cost + far[post], cost, post))
            short = cost + saved(job.city, present[post, slot] - 1, post, slot)
            if short < way.found[2]:
                way.found[0], way.found[1], way.found[2] = NOBODY, post, short
    least = way.found[2]
    if opened == most and heap:
        least = min(least, heap[0][0])
    _learn(job, slot, reached, least)
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
