"""The fewest people whose week must change, exactly: the reference for the repair, small cases."""

import numpy as np
from ortools.sat.python import cp_model

from muster.planner.city.checker import fits
from muster.planner.city.constraints import shortage
from muster.planner.city.fitting import may_stand
from muster.planner.city.problem import FREE, NIGHT, CityProblem, Lines
from muster.planner.city.repair import Fewest

WORKERS = 8
"""Ways of searching that take turns, also on fewer cores."""
UNITS = 100
"""Of a cost, in which shortage is counted; rounded in favour of the fewest changes."""

type Literal = cp_model.LinearExprT


class _Weeks:
    """The plan as variables: who serves on which line, slots before `since` as they were."""

    def __init__(self, problem: CityProblem, plan: Lines, since: int) -> None:
        self.problem, self.plan, self.since = problem, plan, since
        self.model = cp_model.CpModel()
        self.duty: dict[tuple[int, int, int], cp_model.IntVar] = {}
        self.serves: list[list[Literal]] = []
        self.changed: list[cp_model.IntVar] = []
        for person in range(problem.people):
            self.serves.append([self._slot(person, slot) for slot in range(problem.slots)])
            self._rules(person)
            self.changed.append(self._changes(person))

    def _slot(self, person: int, slot: int) -> Literal:
        problem = self.problem
        if slot < self.since:
            return int(self.plan[person, slot] != FREE)
        if not problem.person_available[person, slot]:
            return 0
        lines = np.flatnonzero(problem.required[:, slot] > 0)
        may = may_stand(problem, np.full(len(lines), person), lines)
        taken = [self.model.new_bool_var("") for _ in range(int(may.sum()))]
        for line, variable in zip(lines[may].tolist(), taken, strict=True):
            self.duty[person, slot, line] = variable
        if not taken:
            return 0
        self.model.add_at_most_one(taken)
        return sum(taken)

    def _rules(self, person: int) -> None:
        problem, serves = self.problem, self.serves[person]
        window = problem.rest_slots + 1
        for first in range(max(0, self.since - window), problem.slots - window + 1):
            self.model.add(sum(serves[first : first + window]) <= 1)
        self.model.add(sum(serves) <= problem.max_shifts)
        nights = serves[NIGHT :: problem.slots_a_day]
        most = problem.max_nights_in_a_row
        for first in range(len(nights) - most):
            self.model.add(sum(nights[first : first + most + 1]) <= most)

    def _changes(self, person: int) -> cp_model.IntVar:
        changed = self.model.new_bool_var("")
        for slot in range(self.since, self.problem.slots):
            before = int(self.plan[person, slot])
            if before == FREE:
                self.model.add(self.serves[person][slot] <= changed)
            else:
                stays = self.duty.get((person, slot, before), 0)
                self.model.add(stays + changed >= 1)
        return changed

    def limit_shortage(self, cost: float) -> None:
        """No dearer in people short than `cost`."""
        problem, terms = self.problem, []
        past = np.zeros(problem.required.shape, np.int64)
        for person, slot in np.argwhere(self.plan[:, : self.since] != FREE):
            past[self.plan[person, slot], slot] += 1
        there: dict[tuple[int, int], list[cp_model.IntVar]] = {}
        for (_, slot, line), variable in self.duty.items():
            there.setdefault((line, slot), []).append(variable)
        for line, slot in np.argwhere(problem.required > 0).tolist():
            present = sum(there.get((line, slot), [])) + int(past[line, slot])
            most = int(problem.required[line, slot])
            if slot >= self.since:
                self.model.add(present <= most)
            for wanted, weight in (
                (int(problem.minimum[line, slot]), problem.weight_minimum[line]),
                (most, problem.weight_required[line]),
            ):
                short = self.model.new_int_var(0, most, "")
                self.model.add(short >= wanted - present)
                terms.append(int(np.floor(weight * UNITS)) * short)
        self.model.add(sum(terms) <= int(np.ceil(cost * UNITS)))

    def assignment(self, solver: cp_model.CpSolver) -> Lines:
        """(P, T) as `solver` found it."""
        found = self.plan.copy()
        found[:, self.since :] = FREE
        for (person, slot, line), variable in self.duty.items():
            if solver.boolean_value(variable):
                found[person, slot] = line
        return found


def fewest_changes(
    problem: CityProblem, plan: Lines, since: int, like: Lines, seconds: float = 60.0
) -> Fewest:
    """The fewest people whose week differs from `plan`, among all legal plans that are short of
    people at no more cost than `like`; slots before `since` as in `plan`.

    Args:
        like: (P, T) a legal plan; where the search starts.
        seconds: afterwards the best so far, with the bound `least` below it.
    """
    fits(problem, plan)
    fits(problem, like)
    weeks = _Weeks(problem, plan, since)
    weeks.limit_shortage(shortage.measure(problem, like).cost)
    for (person, slot, line), variable in weeks.duty.items():
        weeks.model.add_hint(variable, bool(like[person, slot] == line))
    weeks.model.minimize(sum(weeks.changed))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = WORKERS
    status = solver.solve(weeks.model)
    better = status in {cp_model.OPTIMAL, cp_model.FEASIBLE}
    found = weeks.assignment(solver) if better else like
    least = max(0, int(np.ceil(solver.best_objective_bound - 1e-6)))
    return Fewest(found, int((found != plan).any(axis=1).sum()), least)
