"""The master programme: one schedule for each freed member, cover against its price (HiGHS)."""

import time
from collections.abc import Iterable

import highspy
import numpy as np

from muster.planner.solvers.highs import QuietHighs
from muster.planner.solvers.stations.board import Board, Schedules
from muster.planner.solvers.stations.contract import Schedule
from muster.planner.solvers.stations.kernel import Flags
from muster.planner.solvers.stations.wishes import Longs, Prices


class Master:
    """Columns are schedules of the `members` (positions); everybody else stands where `outside`
    (days, shifts) counts. Rows: one schedule each, then the cover of each day and shift, or only
    where `reach` (days, shifts) says that these members may change it. No run goes on after `until`
    (seconds of the monotonic clock)."""

    def __init__(
        self, board: Board, members: Iterable[int], outside: Longs, reach: Flags | None = None
    ) -> None:
        self.board, self.members = board, list(members)
        wishes = board.wishes
        self.row_of = {member: row for row, member in enumerate(self.members)}
        self.rows = np.full(wishes.required.shape, -1, np.int32)
        priced = (wishes.under > 0) | (wishes.over > 0)
        if reach is not None:
            priced &= reach
        self.until = board.deadline
        self.rows[priced] = len(self.members) + np.arange(int(priced.sum()))
        self.priced = priced
        self.fixed = float(
            sum(wishes.base[m] for m in self.members)  # the rest is what schedules change
        )
        self.columns: list[tuple[int, Schedule]] = []
        self._seen: dict[tuple[int, bytes], int] = {}
        self._cover_count = int(priced.sum())
        self.required = wishes.required - outside
        self._build(self.required)

    def _build(self, required: Longs) -> None:
        self.solver = QuietHighs()
        wishes, inf = self.board.wishes, highspy.kHighsInf
        people, covers = len(self.members), self._cover_count
        need = required[self.priced].astype(np.float64)
        low = np.concatenate([np.ones(people), need])
        nothing, none = np.zeros(0, np.int32), np.zeros(0)
        self.solver.addRows(
            people + covers, low, low, 0, np.zeros(people + covers, np.int32), nothing, none
        )
        cost = np.concatenate([wishes.under[self.priced], wishes.over[self.priced]])
        rows = people + np.arange(covers, dtype=np.int32)
        self.solver.addCols(
            2 * covers, cost.astype(np.float64), np.zeros(2 * covers), np.full(2 * covers, inf),
            2 * covers, np.arange(2 * covers, dtype=np.int32), np.concatenate([rows, rows]),
            np.concatenate([np.ones(covers), -np.ones(covers)]),
        )  # fmt: skip

    def add(self, found: Iterable[tuple[int, Schedule]]) -> int:
        """Add schedules (member, schedule) that are not there yet; how many were new."""
        new = []
        for member, schedule in found:
            key = (member, schedule.tobytes())
            if key not in self._seen:
                self._seen[key] = len(self._seen)
                new.append((member, schedule))
        if not new:
            return 0
        wishes = self.board.wishes
        costs, starts, indices = np.zeros(len(new)), np.zeros(len(new), np.int32), []
        filled = 0
        for at, (member, schedule) in enumerate(new):
            days = np.flatnonzero(schedule >= 0)
            rows = self.rows[days, schedule[days]]
            entry = np.append(np.int32(self.row_of[member]), rows[rows >= 0]).astype(np.int32)
            costs[at], starts[at] = wishes.request[member, days, schedule[days]].sum(), filled
            indices.append(entry)
            filled += len(entry)
        joined = np.concatenate(indices)
        self.solver.addCols(
            len(new), costs, np.zeros(len(new)), np.full(len(new), highspy.kHighsInf), filled,
            starts, joined, np.ones(filled),
        )  # fmt: skip
        self.columns += new
        return len(new)

    def relax(self, *, inner: bool = False) -> tuple[float, Prices, Prices] | None:
        """Value, cover duals (days, shifts) and members' duals of the linear relaxation; ``None``
        when stopped. The duals are a corner of the best ones, or `inner`: from their middle."""
        self.solver.setOptionValue("solver", "ipm" if inner else "choose")
        self.solver.setOptionValue("run_crossover", "off" if inner else "on")
        self._run(self.until - time.monotonic())
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        duals = np.array(self.solver.getSolution().row_dual)
        cover = np.zeros(self.rows.shape)
        cover[self.priced] = duals[len(self.members) :]
        value = self.solver.getInfo().objective_function_value + self.fixed
        return value, cover, duals[: len(self.members)]

    def weights(self) -> Prices:
        """How much of each column the relaxation takes, in the order of `columns`."""
        values = np.array(self.solver.getSolution().col_value)
        return np.asarray(values[2 * self._cover_count :])

    def narrow(self, closed: Flags, busy: Flags) -> Flags:
        """Shut every column that works where `closed` (members of the board, days, shifts) says no
        or rests where `busy` (members of the board, days) says work; which ones stay open."""
        who = np.array([member for member, _ in self.columns], np.int32)
        plans = np.array([schedule for _, schedule in self.columns], np.int16)
        works = plans >= 0
        days = np.broadcast_to(np.arange(plans.shape[1]), plans.shape)
        wrong = np.where(works, closed[who[:, None], days, plans], busy[who])
        is_open = ~wrong.any(1)
        count = len(who)
        first = 2 * self._cover_count
        self.solver.changeColsBounds(
            count, np.arange(first, first + count, dtype=np.int32), np.zeros(count),
            np.where(is_open, highspy.kHighsInf, 0.0),
        )  # fmt: skip
        return np.asarray(is_open)

    def copy(self, kept: Flags | None = None) -> "Master":
        """Another master with the same columns and basis; of the columns only those `kept`, and
        the basic ones."""
        twin = Master(
            self.board, self.members, self.board.wishes.required - self.required, self.priced
        )
        basis, first = self.solver.getBasis(), 2 * self._cover_count
        status = list(basis.col_status)
        basic = np.array([s == highspy.HighsBasisStatus.kBasic for s in status[first:]], np.bool_)
        stays = basic | (True if kept is None else kept)
        twin.add(column for column, stay in zip(self.columns, stays, strict=True) if stay)
        basis.col_status = status[:first] + [
            s for s, stay in zip(status[first:], stays, strict=True) if stay
        ]
        if basis.valid:
            twin.solver.setBasis(basis)
        return twin

    def integer(self, seconds: float, start: Schedules | None) -> Schedules | None:
        """The best choice of whole schedules found in `seconds`; ``None`` if none was.

        Args:
            seconds: time limit.
            start: (members of the board, days) a roster whose schedules are columns, to begin with.

        Returns:
            (freed members, days).
        """
        solver, first = self.solver, 2 * self._cover_count
        count = len(self.columns)
        where = np.arange(first, first + count, dtype=np.int32)
        solver.changeColsIntegrality(count, where, np.full(count, highspy.HighsVarType.kInteger))
        for name, value in (("mip_rel_gap", 0.0), ("mip_abs_gap", 0.99)):
            solver.setOptionValue(name, value)
        if start is not None:
            chosen = [self._seen[member, start[member].tobytes()] for member in self.members]
            solver.setSolution(count, where, np.isin(np.arange(count), chosen).astype(np.float64))
        self._run(min(seconds, self.board.left))
        found = self.whole()
        solver.changeColsIntegrality(count, where, np.full(count, highspy.HighsVarType.kContinuous))
        return found

    def proven(self) -> float:
        """Below which cost the last `integer` has shown that these columns allow nothing."""
        return float(self.solver.getInfo().mip_dual_bound) + self.fixed

    def whole(self) -> Schedules | None:
        """The solver's solution (freed members, days) if it takes whole schedules only."""
        values = np.array(self.solver.getSolution().col_value)[2 * self._cover_count :]
        chosen = np.flatnonzero(values > 1 - 1e-5)
        if len(chosen) != len(self.members):
            return None
        found = np.zeros((len(self.members), self.rows.shape[0]), np.int16)
        for at in chosen:
            member, schedule = self.columns[at]
            found[self.row_of[member]] = schedule
        return found

    def _run(self, seconds: float) -> None:
        cancel = self.solver.cancelSolve
        self.board.cancels.append(cancel)
        try:
            self.solver.setOptionValue("time_limit", self.solver.getRunTime() + max(0.01, seconds))
            self.solver.run()
        finally:
            self.board.cancels.remove(cancel)
