"""Whole teams in a repair: sent out once more, or moved together from one place or slot to another,
where that gains more than telling those of them costs who need not be told anyway."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from muster.planner.city.problem import FREE, Flags, Whole
from muster.planner.city.rules.sending import GAIN, Board, Outing, Prospects, Team, teams_of
from muster.planner.city.rules.worth import extra


class Move(NamedTuple):
    """A team goes on an `outing`, and leaves where it serves in `slot`, if not None."""

    gain: float
    outing: Outing
    slot: int | None


class Moving:
    """Teams on the move. `fixed` (P, T): who stays where he is; `told` (P,): who is told anyway."""

    def __init__(self, board: Board, since: int, fixed: Flags, told: Flags, charge: float) -> None:
        self.board, self.fixed, self.told, self.charge = board, fixed, told, charge
        self.ahead = np.arange(board.city.slots) >= since

    def run(self, over: Callable[[], bool]) -> None:
        """Each team as often as it pays, as far as it comes until it is `over`."""
        for members in teams_of(self.board.rules):
            if over():
                return
            team = self.board.team(members)
            for _ in range(self.board.city.max_shifts):
                prospects = self.board.prospects(team)
                hope = np.isfinite(prospects.most).any()
                found = self._best(team, prospects) if hope else None
                if found is None:
                    break
                if found.slot is not None:
                    self.board.take(members, found.slot)
                self.board.put(members, found.outing.lines, found.outing.slot)
                self.told[members] = True

    def _best(self, team: Team, prospects: Prospects) -> Move | None:
        """The best move of a team that pays."""
        telling = self.charge * float(np.count_nonzero(~self.told[team.members]))
        found = self.board.outing(team, prospects, self.ahead, telling)
        best = None if found is None else Move(found.gain, found, None)
        for slot in self._serving(team.members):
            move = self._instead(team, prospects.again(), slot, telling)
            if move is not None and (best is None or move.gain > best.gain):
                best = move
        return best

    def _serving(self, members: Whole) -> list[int]:
        """Slots in which all of the team serve and none has to stay."""
        there = (self.board.plan[members] != FREE).all(axis=0) & self.ahead
        found: list[int] = np.flatnonzero(there & ~self.fixed[members].any(axis=0)).tolist()
        return found

    def _instead(self, team: Team, prospects: Prospects, slot: int, telling: float) -> Move | None:
        """The best outing instead of the one in `slot`, if it may be given up and that pays."""
        board = self.board
        lines = board.take(team.members, slot)
        found = None
        if board.sound(lines, slot):
            found = board.outing(team, prospects, self.ahead, telling)
        stays = self._worth(team.members, lines, slot)
        board.put(team.members, lines, slot)
        if found is None or found.gain - stays <= GAIN:
            return None
        return Move(found.gain - stays, found, slot)

    def _worth(self, members: Whole, lines: Whole, slot: int) -> float:
        """What it is worth that `members`, who are free now, serve on `lines` in `slot`."""
        board = self.board
        kept, many = np.unique(lines, return_counts=True)
        worth = -float(extra(board.city, board.plan[members], members, lines, slot).sum())
        for line, times in zip(kept.tolist(), many.tolist(), strict=True):
            nth = board.present[line, slot] + np.arange(times)
            at = np.full(times, line), np.full(times, slot)
            worth += float(board.worth(*at, nth).sum())
        return worth
