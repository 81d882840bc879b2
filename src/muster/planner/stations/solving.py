"""The seam: a station problem in, a checked roster with a proven bound out."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from muster.planner.stations.checker import Verdict, check
from muster.planner.stations.errors import RosterBroken
from muster.planner.stations.problem import StationProblem
from muster.planner.stations.roster import Roster


@dataclass(frozen=True, slots=True)
class Incumbent:
    """The state of a search after `seconds`: best cost so far, bound proven so far."""

    cost: int
    bound: int
    seconds: float

    @property
    def gap(self) -> float:
        """By which share of its cost a roster could at most be too dear."""
        return (self.cost - self.bound) / self.cost if self.cost else 0.0


@dataclass(frozen=True, slots=True)
class Solution:
    """A roster that keeps every rule, its verdict, the bound no roster can be below, and the
    incumbents on the way (each a better cost or a better bound)."""

    roster: Roster
    verdict: Verdict
    bound: int
    seconds: float
    incumbents: tuple[Incumbent, ...]

    @property
    def cost(self) -> int:
        return self.verdict.cost

    @property
    def gap(self) -> float:
        """By which share of its cost the roster could at most be too dear."""
        return Incumbent(self.cost, self.bound, self.seconds).gap


class Search:
    """One search, which another thread may `stop`."""

    def __init__(self, problem: StationProblem, seconds: float, threads: int = 2) -> None:
        self.problem, self.seconds, self.threads = problem, seconds, threads
        self.incumbents: list[Incumbent] = []
        self._cancel: Callable[[], None] | None = None
        self._stopped = False

    def stop(self) -> None:
        """End soon with the best roster so far."""
        self._stopped = True
        if self._cancel is not None:
            self._cancel()

    def run(self, changed: Callable[[Incumbent], None] = lambda _: None) -> Solution:
        """Search until the time is over, the roster is proven best, or `stop` or Ctrl-C.

        Args:
            changed: told of each better roster or bound, from any thread.

        Raises:
            NoSchedule: somebody's own rules leave him no schedule at all.
            RosterBroken: the solver broke a rule; a fault of ours, the roster is thrown away.
        """
        from muster.planner.solvers.stations import portfolio  # noqa: PLC0415 -- loads the kernels
        from muster.planner.solvers.stations.board import Board  # noqa: PLC0415
        from muster.planner.solvers.stations.wishes import Wishes, roster_of  # noqa: PLC0415

        def tell(cost: float, bound: float, seconds: float) -> None:
            if cost < float("inf"):
                self.incumbents.append(Incumbent(int(cost), int(bound), seconds))
                changed(self.incumbents[-1])

        started = time.monotonic()
        board = Board(Wishes.of(self.problem), started + self.seconds, tell)
        self._cancel = board.cancel
        if self._stopped:
            board.stop.set()
        try:
            portfolio.search(self.problem, board, self.threads)
        except KeyboardInterrupt:
            board.cancel()
        if board.best is None:
            raise KeyboardInterrupt
        roster = roster_of(self.problem, board.best)
        verdict = check(self.problem, roster)
        if verdict.breaches:
            raise RosterBroken(rule=verdict.breaches[0].rule, count=len(verdict.breaches))
        seconds = time.monotonic() - started
        return Solution(roster, verdict, int(board.bound), seconds, tuple(self.incumbents))


def solve(problem: StationProblem, seconds: float = 60.0, threads: int = 2) -> Solution:
    """The best roster for `problem` found in about `seconds` of wall-clock time.

    Raises:
        NoSchedule: somebody's own rules leave him no schedule at all.
        RosterBroken: the solver broke a rule; a fault of ours, the roster is thrown away.
    """
    return Search(problem, seconds, threads).run()
