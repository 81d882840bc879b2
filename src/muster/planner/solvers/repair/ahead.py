"""How far each post of a slot is from somebody who can come, compiled.

A path within a slot ends at somebody free, or at a post that can better do without. Looking from
all ends at once tells for each post what the cheapest path to it costs. A search then knows where
to go, and which posts to leave alone.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from muster.kernel.compiling import compiled
from muster.planner.solvers.repair.job import Array, Job
from muster.planner.solvers.repair.shifts import FREE, saved, span
from muster.planner.solvers.repair.slot import changed, see_all, see_gains

SWEEPS = 30
"""At most so often the distances of a slot are brought down; four to seven are usual."""
ARCS_A_PERSON = 32
"""Room for moves from post to post. Where it is full, some are not seen: posts then look further
away than they are."""


class Moves(NamedTuple):
    """Scratch: from which lines people could come to a line, and for how much: ``source[a:b]`` and
    ``cost[a:b]`` with a, b from `starts` (L + 1,)."""

    source: Array
    cost: Array
    starts: Array


def look_ahead(job: Job, threads: int = 1, over: Callable[[], bool] = lambda: False) -> None:
    """Bring ``job.slots`` up to date, with ``far`` as it is now. Later it grows stale: ends are
    used up, and others are told anyway. It remains a good estimate. Where time is `over`, ``far``
    stays as it was in the slots that are left."""
    see_all(job)
    if not _know_places(job):
        threads = 1
    lines, people = len(job.state.present), len(job.state.told)

    def look(slots: Array) -> None:
        room = people * ARCS_A_PERSON
        moves = Moves(
            np.empty(room, np.int32), np.empty(room, np.float32), np.zeros(lines + 1, np.int64)
        )
        for slot in slots:
            if over():
                break
            _see_far(job, int(slot), moves)

    open_slots = np.arange(job.since, job.state.plan.shape[1])
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(look, (open_slots[nth::threads] for nth in range(threads))))
    see_gains(job)


@compiled
def _know_places(job: Job) -> bool:
    """Ask for each place once, so that threads only read who lives near it; was there room?"""
    known = True
    for line in range(len(job.city.place)):
        span(job, line)
    for line in range(len(job.city.place)):
        known = known and job.near.span[job.city.place[line], 0] >= 0
    return known


@compiled
def _see_far(job: Job, slot: int, moves: Moves) -> None:
    """Fill ``job.slots.far[slot]``."""
    present, far = job.state.present, job.slots.far[slot]
    for line in range(len(far)):
        far[line] = np.inf
        if present[line, slot] > 0:
            far[line] = saved(job.city, present[line, slot] - 1, line, slot)
    for line in range(len(far)):
        moves.starts[line + 1] = moves.starts[line]
        if job.city.required[line, slot] > 0:
            _list_moves(job, slot, line, moves)
    for _ in range(SWEEPS):
        if not _sweep(far, moves.source, moves.cost, moves.starts):
            break


@compiled
def _list_moves(job: Job, slot: int, line: int, moves: Moves) -> None:
    """List who could come over to the line from another; keep in ``far`` what somebody free would
    cost."""
    # Arrays by name: handing over tuples of arrays in a loop costs more than the loop.
    city, near, slots = job.city, job.near, job.slots
    living, told, far = city.living, job.state.told, slots.far[slot]
    able, now = slots.able[slot], slots.now[slot]
    before, after = slots.before[slot], slots.after[slot]
    own, stays = slots.own[slot], slots.stays[slot]
    change, role, charge = city.numbers[0], city.role[line], job.charge
    source, costs, count = moves.source, moves.cost, moves.starts[line]
    least = far[line]
    start, end = span(job, line)
    for i in range(start, end):
        home, km = near.home[i], near.km[i]
        for at in range(city.first[role, home], city.first[role, home + 1]):
            person = living[at]
            post = now[person]
            if not able[person] or post == line:
                continue
            total = own[person] + km + changed(before[person], after[person], line) * change
            if not told[person]:
                total += charge
            if post == FREE:
                least = min(least, total)
                continue
            total = max(total - stays[person], 0.0)  # a search goes forward
            if total < least and count < len(source):
                source[count], costs[count] = post, total
                count += 1
    far[line], moves.starts[line + 1] = least, count


@compiled
def _sweep(far: Array, source: Array, cost: Array, starts: Array) -> bool:
    """Bring distances down by one more move; was there any to bring down?"""
    nearer = False
    for line in range(len(far)):
        least = far[line]
        for move in range(starts[line], starts[line + 1]):
            least = min(least, cost[move] + far[source[move]])
        if least < far[line]:
            far[line], nearer = least, True
    return nearer
