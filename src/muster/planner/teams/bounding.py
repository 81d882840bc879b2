"""What no split can be cheaper than, from a price for a place in each team and for each skill.

The rules on sizes and skills are lifted and paid for instead (Lagrangian relaxation). Then every
unit chooses for itself, exactly: which of its people go to which team, each further team costing.
The prices climb along the subgradient. Leaders, pairs and what else is lifted can only cost more,
so the best sum found is a bound at any time, also when the prices are poor.
"""

import math
import time
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from muster.planner.teams.group import Group
from muster.planner.teams.splitting import LACKING_KM, SPLIT_UNIT_KM, way

ENUMERATED = 7
"""Of how many people all ways to part are gone through; a larger unit is bounded in parts of so
many, each further team of a part costing its share."""
PATIENCE, STEPS = 12, 600
"""Steps without a better bound after which the step is halved, and steps at most."""
type Real = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Priced:
    """`bound` in km; at the prices that gave it: (people, teams) what a place costs, and (people,)
    which team each takes."""

    bound: float
    costs: Real
    chosen: NDArray[np.int64]


def priced(group: Group, seconds: float) -> Priced:
    """The best bound found in `seconds`, and the prices behind it."""
    made = _Relaxed(group)
    ends, best = time.monotonic() + seconds, Priced(-math.inf, made.km, made.km.argmin(axis=1))
    place, skill = np.zeros(len(group.teams)), np.zeros(len(made.wanted))
    kept, scale, stale = (place, skill), 1.0, 0
    goal = made.guess()
    for _ in range(STEPS):
        now, slope = made.at(place, skill)
        if now.bound > best.bound + 1e-9:
            best, kept, stale = now, (place, skill), 0
        elif (stale := stale + 1) >= PATIENCE:
            scale, stale, (place, skill) = scale / 2, 0, kept
        length = (
            scale * (max(goal, best.bound * 1.02 + 1.0) - now.bound) / max(1e-9, made.steep(slope))
        )
        place, skill = made.moved(place, skill, slope, length)
        if time.monotonic() > ends or scale < 1e-3:
            break
    return best


class _Relaxed:
    """The group without its rules on sizes and skills."""

    def __init__(self, group: Group) -> None:
        people, teams = range(len(group.members)), range(len(group.teams))
        self.km: Real = np.array([[way(group, i, k) for k in teams] for i in people])
        names = {wanted.name: k for k, wanted in enumerate(group.teams)}
        for i, member in enumerate(group.members):
            if member.key in group.pins:
                self.km[i, np.arange(len(teams)) != names[group.pins[member.key]]] = 1e6
        self.low, self.high = len(people) // len(teams), -(-len(people) // len(teams))
        self.wanted = [
            (k, skill, many)
            for k, wanted in enumerate(group.teams)
            for skill, many in wanted.skills.items()
        ]
        self.has: Real = np.array(
            [[s in m.skills for m in group.members] for _, s, _ in self.wanted], np.float64
        ).reshape(len(self.wanted), len(people))
        self.parts = _parts(group)

    def guess(self) -> float:
        """A sum worth climbing to: everybody at his second nearest team."""
        return float(np.sort(self.km, axis=1)[:, : min(2, self.km.shape[1])][:, -1].sum())

    def at(self, place: Real, skill: Real) -> tuple[Priced, tuple[Real, Real]]:
        """Bound and slope at prices: `place` (teams,) is paid by who takes one, `skill`
        is given to who brings it, between 0 and what lacking costs."""
        costs = self.km + place
        for at, (k, _, _) in enumerate(self.wanted):
            costs[:, k] -= skill[at] * self.has[at]
        total, chosen = 0.0, np.empty(len(costs), np.int64)
        for members, share in self.parts:
            total += _chosen(costs, members, share, chosen)
        taken = np.bincount(chosen, minlength=len(place)).astype(np.float64)
        free = np.where(place > 0, self.high, self.low)
        total -= float((place * free).sum())
        slope = taken - free
        many = np.array([m for _, _, m in self.wanted], np.float64)
        brought = np.array(
            [(self.has[at] * (chosen == k)).sum() for at, (k, _, _) in enumerate(self.wanted)]
        )
        found = Priced(total + float((skill * many).sum()), costs, chosen)
        return found, (slope, many - brought)

    @staticmethod
    def steep(slope: tuple[Real, Real]) -> float:
        """The squared length of a slope."""
        return float((slope[0] ** 2).sum() + (slope[1] ** 2).sum())

    @staticmethod
    def moved(place: Real, skill: Real, slope: tuple[Real, Real], by: float) -> tuple[Real, Real]:
        """The next prices."""
        return place + by * slope[0], np.clip(skill + by * slope[1], 0.0, LACKING_KM)


def _parts(group: Group) -> list[tuple[NDArray[np.int64], float]]:
    """Units in parts, stacked by size: (parts, size) members, and what one more team costs."""
    units: dict[str, list[int]] = defaultdict(list)
    for i, member in enumerate(group.members):
        units[member.unit or f" {i}"].append(i)
    stacks: dict[tuple[int, float], list[list[int]]] = defaultdict(list)
    for people in units.values():
        many = -(-len(people) // ENUMERATED)
        for part in np.array_split(np.array(people), many):
            stacks[len(part), SPLIT_UNIT_KM / many].append(part.tolist())
    return [(np.array(rows), share) for (_, share), rows in stacks.items()]


def _chosen(
    costs: Real, members: NDArray[np.int64], share: float, chosen: NDArray[np.int64]
) -> float:
    """The least that these parts cost, and in `chosen` which team each of their people takes."""
    size = members.shape[1]
    sets = np.array([[s >> i & 1 for i in range(size)] for s in range(1 << size)], np.float64)
    together = np.einsum("si,pik->psk", sets, costs[members], optimize=True)
    team, price = together.argmin(axis=2), together.min(axis=2) + share
    price[:, 0] = 0.0
    least, first = price.copy(), np.tile(np.arange(1 << size), (len(members), 1))
    for whole, subset in _splits(size):
        sum_ = price[:, subset] + least[:, whole ^ subset]
        better = sum_ < least[:, whole]
        least[better, whole], first[better, whole] = sum_[better], subset
    rest, rows = np.full(len(members), (1 << size) - 1), np.arange(len(members))
    for _ in range(size):
        now = first[rows, rest]
        for i in range(size):
            inside = (now >> i & 1).astype(bool)
            chosen[members[inside, i]] = team[rows[inside], now[inside]]
        rest = rest ^ now
    return float(least[:, -1].sum() - share * len(members))


def _splits(size: int) -> list[tuple[int, int]]:
    """Sets and their true subsets that hold the first of the set; smaller sets first."""
    found = []
    for whole in range(1, 1 << size):
        items = [1 << i for i in range(size) if whole >> i & 1]
        for many in range(len(items) - 1):
            found += [(whole, items[0] + sum(rest)) for rest in combinations(items[1:], many)]
    return found
