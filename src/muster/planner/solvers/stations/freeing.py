"""Neighbourhood search: free a few members, or everybody for a few weeks, and solve that exactly.

The bound of the small master says early that nothing better is in it; most tries end there.
"""

import numpy as np

from muster.planner.solvers.stations.board import Board, Schedules
from muster.planner.solvers.stations.contract import Pricer
from muster.planner.solvers.stations.dive import dive
from muster.planner.solvers.stations.generation import Generation
from muster.planner.solvers.stations.kernel import Flags
from muster.planner.solvers.stations.master import Master
from muster.planner.solvers.stations.wishes import Prices

_LEAST, _STEP = 3, 1.3
_ROUNDS = 60
_SPAN = 14
_WHOLE = 28
_SECONDS = 4.0


class Freeing:
    """Improves the board's best roster, try by try; the neighbourhoods grow when nothing is found
    and shrink when they take too long."""

    def __init__(self, board: Board, pricer: Pricer, chance: np.random.Generator) -> None:
        self.board, self.pricer, self.chance = board, pricer, chance
        self.size = float(_LEAST)

    def improve(self, tries: int = 1) -> bool:
        """Some neighbourhoods of the best roster; was something better found?"""
        better = False
        for _ in range(tries):
            better |= not self.board.over and self._improve()
        return better

    def _improve(self) -> bool:
        best = self.board.best
        if best is None:
            return False
        best = best.copy()
        members, window = self._choose(best)
        masks = self._masks(best, window)
        start = self.board.left
        found = self._solve(best, members, masks)
        self._adapt(start - self.board.left)
        if found is None:
            return False
        best[members] = found
        return self.board.offer(best)

    def _adapt(self, seconds: float) -> None:
        most = float(len(self.board.wishes.base))
        factor = 1 / _STEP if seconds > _SECONDS else _STEP if seconds < _SECONDS / 8 else 1.0
        self.size = min(most, max(_LEAST, self.size * factor))

    def _choose(self, best: Schedules) -> tuple[list[int], tuple[int, int]]:
        """Who is freed, and from which day until before which."""
        members, days = best.shape
        size = max(_LEAST, int(self.size * self.chance.uniform(0.6, 1.2)))
        if days <= 2 * _SPAN or self.chance.random() < _WHOLE / days:
            window = (0, days)
        else:
            span = int(_SPAN * self.chance.integers(1, 4))
            first = int(self.chance.integers(-span // 2, days - span // 2))
            window = (max(0, first), min(days, first + span))
            size = int(size * days / (window[1] - window[0]))
        size = min(size, members)
        weight = self._burden(best, window) + 1e-9
        chosen = self.chance.choice(members, size, replace=False, p=weight / weight.sum())
        return sorted(int(m) for m in chosen), window

    def _burden(self, best: Schedules, window: tuple[int, int]) -> Prices:
        """How likely each member is freed: more if he works where cover is not as required."""
        wishes = self.board.wishes
        off = np.abs(wishes.presence(best) - wishes.required) > 0
        off[: window[0]] = off[window[1] :] = False
        days = np.arange(best.shape[1])
        here = np.where(best >= 0, off[days, best], 0).sum(1)
        return np.asarray(1.0 + here * self.chance.uniform(0, 1))

    def _masks(self, best: Schedules, window: tuple[int, int]) -> tuple[Flags, Flags]:
        wishes = self.board.wishes
        members, days = best.shape
        closed = np.zeros((members, *wishes.required.shape), np.bool_)
        busy = np.zeros((members, days), np.bool_)
        frozen = np.ones(days, np.bool_)
        frozen[window[0] : window[1]] = False
        closed[:, frozen] = True
        who, when = np.nonzero((best >= 0) & frozen)
        closed[who, when, best[who, when]] = False
        busy[who, when] = True
        return closed, busy

    def _solve(
        self, best: Schedules, members: list[int], masks: tuple[Flags, Flags]
    ) -> Schedules | None:
        board, wishes = self.board, self.board.wishes
        closed, busy = masks
        reach = (~(closed | wishes.closed | busy[:, :, None]))[members].any(0)
        outside = wishes.presence(np.delete(best, members, axis=0))
        cover = wishes.cover_cost(wishes.presence(best))[reach].sum()
        enough = float(cover + sum(wishes.cost_of(m, best[m]) for m in members))
        master = Master(board, members, outside, reach)
        master.add((m, best[m]) for m in members)
        own = Generation(self.pricer, master, masks)
        if board.prices is not None:
            master.add(own.price(board.prices).found)
        own.run(enough, _ROUNDS)
        if own.bound > enough - 1 + 1e-4 or board.over:
            return None
        if len(members) <= 12:
            return master.integer(_SECONDS, best)
        return dive(self.pricer, master, enough, self.chance, masks)
