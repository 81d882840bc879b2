"""What the kernel needs to know of each member: his rules as arrays.

Shifts that no rule of his tells apart form one class. A limit on a type is counted exactly only
once it has bitten (`Pricer`): most never do, and each one multiplies the tables.
"""

from dataclasses import dataclass
from functools import reduce
from math import gcd, prod

import numpy as np
from numpy.typing import NDArray

from muster.planner.solvers.stations import kernel, listing
from muster.planner.solvers.stations.kernel import (
    NEVER,
    UNREACHED,
    Costs,
    Frame,
    Ints,
    Rules,
    Tables,
)
from muster.planner.stations.problem import SATURDAY, WEEK, Member, StationProblem

Schedule = NDArray[np.int16]
"""(days,) the position of the shift worked, -1 on a day off."""


_TRIES = 16
LARGEST = 1 << 26
"""Entries of the tables beyond which no further type is counted."""


@dataclass(frozen=True, slots=True)
class Contract:
    """Rules for `kernel.schedule`; `shape` is that of the layers it works in."""

    rules: Rules
    shape: tuple[int, int, int, int, int]


def unit_of(problem: StationProblem) -> int:
    """Minutes that every shift is a multiple of."""
    return reduce(gcd, (shift.minutes for shift in problem.shifts))


def contract_of(problem: StationProblem, member: Member, counted: frozenset[int]) -> Contract:
    """The contract of `member` with the types at positions `counted` counted exactly."""
    shifts, unit = problem.shifts, unit_of(problem)
    allowed = [s for s, shift in enumerate(shifts) if member.max_shifts.get(shift.id, 1) > 0]
    names = {shifts[s].id for s in allowed}
    keys = {
        s: (
            shifts[s].minutes,
            shifts[s].forbids & names,
            frozenset(shifts[p].id for p in allowed if shifts[s].id in shifts[p].forbids),
            s if s in counted else -1,
        )
        for s in allowed
    }
    order = list(dict.fromkeys(keys.values()))
    class_of = np.full(len(shifts), -1, np.int32)
    for s, key in keys.items():
        class_of[s] = order.index(key)
    first = [next(s for s in allowed if keys[s] == key) for key in order]
    stride, limit, tables = np.zeros(len(order), np.int32), np.zeros(len(order), np.int32), 1
    for k, key in enumerate(order):
        if key[3] >= 0:
            stride[k], limit[k] = tables, member.max_shifts[shifts[key[3]].id]
            tables *= int(limit[k]) + 1
    follow = [[shifts[b].id not in shifts[a].forbids for b in first] for a in first]
    units = np.array([key[0] // unit for key in order], np.int32)
    low, high = _band(problem, member, units, unit)
    sources, only = _sources(problem.days, member, follow)
    weekends = min(member.max_weekends, sum(d % WEEK == SATURDAY for d in range(problem.days)) + 1)
    rules = Rules(
        class_of, units, stride, limit, sources, only, low, high, _max_run(problem.days, member),
        -(-member.min_minutes // unit),
    )  # fmt: skip
    shape = (problem.days, len(sources), tables, weekends + 1, int((high - low).max()) + 1)
    return Contract(rules, shape)


def _max_run(days: int, member: Member) -> int:
    return min(member.max_run, days)


def _sources(days: int, member: Member, follow: list[list[bool]]) -> tuple[Ints, Ints]:
    """By group, which may stand before it and the one day on which (0 = any)."""
    count, max_run = len(follow), _max_run(days, member)
    idle, rest = count * max_run, range(1, min(member.min_off, days) + 1)
    enough_off = len(rest)
    before: list[list[tuple[int, int]]] = [[] for _ in range(idle + enough_off)]
    for k in range(count):
        before[k * max_run] = [(idle + o - 1, 0 if o == enough_off else o) for o in rest]
        for c in range(1, max_run):
            before[k * max_run + c] = [
                (j * max_run + c - 1, 0) for j in range(count) if follow[j][k]
            ]
        before[idle] += [
            (k * max_run + c - 1, 0 if c >= member.min_run else c) for c in range(1, max_run + 1)
        ]
    for o in rest:
        before[idle + min(o + 1, enough_off) - 1].append((idle + o - 1, 0))
    width = max(map(len, before))
    sources, only = (np.full((len(before), width), fill, np.int32) for fill in (-1, 0))
    for group, pairs in enumerate(before):
        for at, (source, day) in enumerate(pairs):
            sources[group, at], only[group, at] = source, day
    return sources, only


def _band(
    problem: StationProblem, member: Member, units: Ints, unit: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Units after each day between which a schedule can still keep its minimum and maximum."""
    longest = int(units.max()) if len(units) else 0
    cycle = member.max_run + member.min_off

    def most(days: int) -> int:
        return longest * (days // cycle * member.max_run + min(days % cycle, member.max_run))

    most_units, least_units = member.max_minutes // unit, -(-member.min_minutes // unit)
    after = range(problem.days)
    high = [min(most_units, most(d + 1)) for d in after]
    low = [max(0, least_units - most(problem.days - 1 - d)) for d in after]
    high = [max(h, lo) for h, lo in zip(high, low, strict=True)]
    return np.array(low, np.int32), np.array(high, np.int32)


class Pricer:
    """Cheapest schedules of every member under any costs of days and shifts. Not shared between
    threads: it owns the room the kernel works in. Without `strict` no limit on a type of shift is
    counted: costs are then too low rather than too high, and a schedule may not be `legal`."""

    def __init__(self, problem: StationProblem, *, strict: bool = True) -> None:
        self.problem, self.strict = problem, strict
        self.counted: list[frozenset[int]] = [frozenset() for _ in problem.members]
        self.contracts = [contract_of(problem, m, frozenset()) for m in problem.members]
        self._room = np.empty(0, np.int32)
        self._out = np.empty(problem.days, np.int32)
        self._penalties = np.zeros((len(problem.members), len(problem.shifts)), np.int64)
        self._always = np.zeros(problem.days, np.int32)
        self._limits = [
            np.array([m.max_shifts.get(s.id, problem.days) for s in problem.shifts])
            for m in problem.members
        ]

    def best(self, member: int, cell: Ints, off: Ints | None = None) -> tuple[int, Schedule | None]:
        """The least cost of a legal schedule for the member at position `member`, and it.

        Args:
            member: his position in the problem.
            cell: (days, shifts) int32 cost of each shift; `NEVER` where he may not work.
            off: (days,) int32 cost of each day off; `NEVER` where he must work.

        Returns:
            The cost and the schedule; `NEVER` and ``None`` if there is none. Where counting all
            types that bite would need tables beyond `LARGEST`, the cost is that of the relaxed
            problem, which bounds it, and the schedule a legal one near it.
        """
        off = self._always if off is None else off
        cost = self._run(self.contracts[member], cell, off)
        while cost < NEVER:
            over = self._beyond(member, self._out)
            if not len(over) or not self.strict:
                return cost, self._out.astype(np.int16)
            if not self._count(member, frozenset(over.tolist())):
                return cost, self._held(member, cell, off)
            cost = self._run(self.contracts[member], cell, off)
        return cost, None

    def _count(self, member: int, types: frozenset[int]) -> bool:
        """Count `types` exactly from now on; ``False`` if the tables would grow too large."""
        counted = self.counted[member] | types
        contract = contract_of(self.problem, self.problem.members[member], counted)
        if prod(contract.shape) > LARGEST:
            return False
        self.counted[member], self.contracts[member] = counted, contract
        return True

    def _held(self, member: int, cell: Ints, off: Ints) -> Schedule | None:
        """A legal schedule, by making each type that is over its limit dearer step by step."""
        highest = int(UNREACHED) // (4 * len(cell))
        penalty = self._penalties[member] // 2
        limited = np.flatnonzero(self._limits[member] < self.problem.days)
        for attempt in range(_TRIES):
            dearer = np.where(cell >= NEVER, NEVER, cell + penalty).astype(np.int32)
            if self._run(self.contracts[member], dearer, off) >= NEVER:
                return None
            over = self._beyond(member, self._out)
            if not len(over):
                self._penalties[member] = penalty
                return self._out.astype(np.int16)
            dear = over if attempt < _TRIES // 2 else limited
            penalty[dear] = np.minimum(4 * penalty[dear] + highest // 256 + 1, highest)
        return None

    def legal(self, member: int, schedule: Schedule | Ints) -> bool:
        """Does a schedule found without `strict` keep the limits on types of shifts?"""
        return not len(self._beyond(member, schedule))

    def _beyond(self, member: int, schedule: Schedule | Ints) -> NDArray[np.intp]:
        counts = np.bincount(schedule[schedule >= 0], minlength=len(self.problem.shifts))
        return np.flatnonzero(counts > self._limits[member])

    def listed(self, member: int, cell: Ints, most: int, room: int) -> NDArray[np.int16] | None:
        """Every legal schedule of cost up to `most`, (any, days); ``None`` if more than `room`."""
        of = self.contracts[member]
        out = np.empty((room, self.problem.days), np.int32)
        costs = kernel.costs_of(cell, self._always, of.rules.class_of, len(of.rules.units))
        count = int(listing.listing(self._frame(of, costs), most, out))
        if count > room:
            return None
        found = out[:count].astype(np.int16)
        counts = np.stack([(found == s).sum(1) for s in range(len(self.problem.shifts))], 1)
        return np.asarray(found[(counts <= self._limits[member]).all(1)])

    def _run(self, of: Contract, cell: Ints, off: Ints) -> int:
        costs = kernel.costs_of(cell, off, of.rules.class_of, len(of.rules.units))
        return int(kernel.schedule(self._frame(of, costs), self._out))

    def _frame(self, of: Contract, costs: Costs) -> Frame:
        size = int(np.prod(of.shape))
        if size > len(self._room):
            self._room = np.empty(size, np.int32)
        alive = np.empty(of.shape[:2], np.bool_)
        return Frame(of.rules, costs, Tables(self._room[:size].reshape(of.shape), alive))
