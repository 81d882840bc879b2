"""The problem as arrays: what each member's day costs, what each shift needs."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from muster.planner.solvers.stations.contract import Schedule
from muster.planner.solvers.stations.kernel import NEVER, UNREACHED
from muster.planner.stations.errors import BadInstance
from muster.planner.stations.problem import StationProblem
from muster.planner.stations.roster import Duty, Roster

Longs = NDArray[np.int64]
Prices = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Wishes:
    """Shapes: members m, days d, shifts s. `request` (m, d, s) is the cost of working there less
    that of a day off, whose sum over all days is `base` (m,); `closed` (m, d, s) where he never
    works; `required`, `under`, `over` (d, s). `scale` turns a cost into the kernel's int32."""

    request: Longs
    base: Longs
    closed: NDArray[np.bool_]
    required: Longs
    under: Longs
    over: Longs
    scale: int

    @classmethod
    def of(cls, problem: StationProblem) -> "Wishes":
        """The arrays of `problem`. Raises `BadInstance` when weights are beyond the kernel."""
        member = {each.id: m for m, each in enumerate(problem.members)}
        shift = {each.id: s for s, each in enumerate(problem.shifts)}
        shape = (len(member), problem.days, len(shift))
        request, base = np.zeros(shape, np.int64), np.zeros(shape[0], np.int64)
        for each in problem.requests:
            m = member[each.member]
            request[m, each.day, shift[each.shift]] += -each.weight if each.wanted else each.weight
            base[m] += each.weight if each.wanted else 0
        closed = np.zeros(shape, np.bool_)
        for m, one in enumerate(problem.members):
            closed[m, sorted(one.days_off)] = True
            closed[m][:, [shift[s] for s, most in one.max_shifts.items() if most == 0]] = True
        cover = np.zeros((3, *shape[1:]), np.int64)
        for need in problem.covers:
            cover[:, need.day, shift[need.shift]] = need.required, need.under, need.over
        largest = int(max(cover[1:].max(initial=0) + np.abs(request).max(initial=0), 1))
        if 4 * largest * problem.days >= UNREACHED:
            raise BadInstance(reason=f"a weight of {largest} is too large; divide all weights")
        scale = 1
        while scale < 1 << 14 and 4 * 2 * scale * largest * problem.days < UNREACHED:
            scale *= 2
        return cls(request, base, closed, cover[0], cover[1], cover[2], scale)

    def cost_of(self, member: int, schedule: Schedule) -> int:
        """What the requests of `member` cost under `schedule`."""
        days = np.flatnonzero(schedule >= 0)
        return int(self.base[member] + self.request[member, days, schedule[days]].sum())

    def presence(self, schedules: NDArray[np.int16]) -> Longs:
        """(d, s) how many of `schedules` (any, days) work there."""
        count = np.zeros(self.required.shape, np.int64)
        who, days = np.nonzero(schedules >= 0)
        np.add.at(count, (days, schedules[who, days]), 1)
        return count

    def cover_cost(self, presence: Longs) -> Longs:
        """What being short or too many costs, by (d, s)."""
        balance = presence - self.required
        short, over = np.maximum(-balance, 0), np.maximum(balance, 0)
        return np.asarray(short * self.under + over * self.over)

    def cost(self, schedules: NDArray[np.int16]) -> int:
        """The cost of a whole roster, `schedules` (m, days)."""
        own = sum(self.cost_of(m, schedule) for m, schedule in enumerate(schedules))
        return own + int(self.cover_cost(self.presence(schedules)).sum())

    def marginal(self, presence: Longs) -> Longs:
        """(d, s) what one more person there costs, given the others."""
        return np.where(presence < self.required, -self.under, self.over)

    def cells(self, member: int, prices: Longs) -> NDArray[np.int32]:
        """The kernel's costs: requests (scaled here) plus `prices` (d, s), already scaled."""
        cell = self.request[member] * self.scale + prices
        return np.where(self.closed[member], NEVER, cell).astype(np.int32)


def roster_of(problem: StationProblem, schedules: NDArray[np.int16]) -> Roster:
    """`schedules` (members, days) as duties."""
    who, days = np.nonzero(schedules >= 0)
    return Roster(
        tuple(
            Duty(problem.members[m].id, int(d), problem.shifts[schedules[m, d]].id)
            for m, d in zip(who, days, strict=True)
        )
    )
