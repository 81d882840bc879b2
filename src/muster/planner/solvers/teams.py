"""Teams by constraint programming (CP-SAT)."""

from collections import defaultdict

from ortools.sat.python import cp_model

from muster.planner.teams.errors import BadGroup
from muster.planner.teams.group import Group
from muster.planner.teams.splitting import LACKING_KM, SPLIT_UNIT_KM, Split, cost, way

METRES = 1000
WORKERS = 8
"""Ways of searching that take turns, also on fewer cores: with two, 122 people in three teams were
not proven in ten seconds, with eight in a tenth of one."""
type Grid = list[list[cp_model.IntVar]]


class _Model:
    def __init__(self, group: Group) -> None:
        self.group, self.model = group, cp_model.CpModel()
        self.people, self.teams = range(len(group.members)), range(len(group.teams))
        self.member, self.leader = self._grid(), self._grid()
        self.terms: list[cp_model.LinearExprT] = []
        self._rules()
        self._costs()

    def _grid(self) -> Grid:
        return [[self.model.new_bool_var("") for _ in self.teams] for _ in self.people]

    def _rules(self) -> None:
        group, model = self.group, self.model
        names = {wanted.name: at for at, wanted in enumerate(group.teams)}
        low = len(group.members) // len(group.teams)
        high = -(-len(group.members) // len(group.teams))
        for i in self.people:
            model.add_exactly_one(self.member[i])
            if group.members[i].key in group.pins:
                model.add(self.member[i][names[group.pins[group.members[i].key]]] == 1)
        for k in self.teams:
            model.add_linear_constraint(sum(row[k] for row in self.member), low, high)
            model.add_exactly_one(row[k] for row in self.leader)
            for i in self.people:
                model.add_implication(self.leader[i][k], self.member[i][k])
                if not group.may_lead(i, k):
                    model.add(self.leader[i][k] == 0)

    def _costs(self) -> None:
        group, model = self.group, self.model
        units = defaultdict(list)
        for i in self.people:
            units[group.members[i].unit].append(i)
            for k in self.teams:
                self.terms.append(int(way(group, i, k) * METRES) * self.member[i][k])
        units.pop("", None)
        for people in units.values():
            self._together(people)
        for k, wanted in enumerate(group.teams):
            for skill, many in wanted.skills.items():
                has = [self.member[i][k] for i in self.people if skill in group.members[i].skills]
                short = model.new_int_var(0, many, "")
                model.add(short >= many - sum(has))
                self.terms.append(int(LACKING_KM * METRES) * short)

    def _together(self, people: list[int]) -> None:
        """Each further team in which one of `people` stands costs."""
        there = [self.model.new_bool_var("") for _ in self.teams]
        for k, present in enumerate(there):
            for i in people:
                self.model.add_implication(self.member[i][k], present)
        self.terms.append(int(SPLIT_UNIT_KM * METRES) * (sum(there) - 1))


def split(group: Group, seconds: float) -> Split:
    """The cheapest teams found in `seconds`. Raises `BadGroup` when there are none, or no time."""
    made = _Model(group)
    made.model.minimize(sum(made.terms))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = WORKERS
    status = solver.solve(made.model)
    if status == cp_model.INFEASIBLE:
        raise BadGroup(reason="no teams of equal size with a leader each keep the pins; free a pin")
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        raise BadGroup(reason=f"no teams were found in {seconds:g} s; give more time")
    team = [next(k for k in made.teams if solver.boolean_value(row[k])) for row in made.member]
    leader = [
        next(i for i in made.people if solver.boolean_value(made.leader[i][k])) for k in made.teams
    ]
    bound = solver.best_objective_bound / METRES
    return Split(team, leader, cost(group, team), bound)
