"""Teams by constraint programming (CP-SAT); in large groups only the teams that prices leave."""

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from threading import Event, Thread

import numpy as np
from ortools.sat.python import cp_model

from muster.planner.city.incumbent import Incumbent
from muster.planner.solvers.teams_start import start
from muster.planner.teams.bounding import Priced, priced
from muster.planner.teams.errors import BadGroup
from muster.planner.teams.group import Group
from muster.planner.teams.pairs import blocks
from muster.planner.teams.splitting import LACKING_KM, SPLIT_UNIT_KM, Split, cost, way
from muster.planner.watch import Report, Watch

METRES = 1000
WORKERS = 8
"""Ways of searching that take turns, also on fewer cores: with two, 122 people in three teams were
not proven in ten seconds, with eight in a tenth of one."""
LARGE, NEAR = 10_000, 5
"""From how many pairs of a person and a team on each person is offered only the teams that are
cheapest for him at the prices, and how many of them."""
PRICING, SOON = 0.25, 6.0
"""Share of the time, and seconds at most, that finding the prices may take."""
LOOKING = 0.2
"""Seconds between two looks at whether to stop."""
type Grid = list[dict[int, cp_model.IntVar]]


class _Model:
    def __init__(self, group: Group, offered: Sequence[Sequence[int]]) -> None:
        self.group, self.model = group, cp_model.CpModel()
        self.people, self.teams = range(len(group.members)), range(len(group.teams))
        self.member = [{k: self.model.new_bool_var("") for k in row} for row in offered]
        self.leader: Grid = [
            {k: self.model.new_bool_var("") for k in row if group.may_lead(i, k)}
            for i, row in enumerate(self.member)
        ]
        self.terms: list[cp_model.LinearExprT] = []
        self.units: list[tuple[dict[int, cp_model.IntVar], list[int]]] = []
        self.skills: list[tuple[int, list[int], int, cp_model.IntVar]] = []
        self._rules()
        self._pairs()
        self._costs()

    def _of(self, team: int) -> list[cp_model.IntVar]:
        return [row[team] for row in self.member if team in row]

    def _rules(self) -> None:
        low = len(self.people) // len(self.teams)
        high = -(-len(self.people) // len(self.teams))
        for i in self.people:
            self.model.add_exactly_one(self.member[i].values())
            for k, leads in self.leader[i].items():
                self.model.add_implication(leads, self.member[i][k])
        for k in self.teams:
            self.model.add_linear_constraint(sum(self._of(k)), low, high)
            self.model.add_exactly_one(row[k] for row in self.leader if k in row)

    def _pairs(self) -> None:
        at = {member.key: i for i, member in enumerate(self.group.members)}
        for a, b in self.group.together:
            for k, here in self.member[at[a]].items():  # both are offered the same
                self.model.add(here == self.member[at[b]][k])
        for a, b in self.group.apart:
            for k in self.member[at[a]].keys() & self.member[at[b]].keys():
                self.model.add_at_most_one(self.member[at[a]][k], self.member[at[b]][k])

    def _costs(self) -> None:
        group = self.group
        units = defaultdict(list)
        for i, row in enumerate(self.member):
            units[group.members[i].unit].append(i)
            self.terms += [int(way(group, i, k) * METRES) * here for k, here in row.items()]
        units.pop("", None)
        for people in units.values():
            self._together(people)
        for k, wanted in enumerate(group.teams):
            for skill, many in wanted.skills.items():
                able = [i for i in self.people if skill in group.members[i].skills]
                has = [self.member[i][k] for i in able if k in self.member[i]]
                short = self.model.new_int_var(0, many, "")
                self.model.add(short >= many - sum(has))
                self.skills.append((k, able, many, short))
                self.terms.append(int(LACKING_KM * METRES) * short)

    def _together(self, people: list[int]) -> None:
        """Each further team in which one of `people` stands costs."""
        there = {k: self.model.new_bool_var("") for i in people for k in self.member[i]}
        self.units.append((there, people))
        for i in people:
            for k, here in self.member[i].items():
                self.model.add_implication(here, there[k])
        self.terms.append(int(SPLIT_UNIT_KM * METRES) * (sum(there.values()) - 1))

    def hint(self, team: Sequence[int]) -> None:
        """Begin there: every choice, so that a start without a fault is taken as it stands."""
        for i, row in enumerate(self.member):
            for k, here in row.items():
                self.model.add_hint(here, team[i] == k)
        for k in self.teams:
            able = [i for i in self.people if k in self.leader[i]]
            first = next((i for i in able if team[i] == k), None)
            for i in able:
                self.model.add_hint(self.leader[i][k], i == first)
        for there, people in self.units:
            for k, present in there.items():
                self.model.add_hint(present, any(team[i] == k for i in people))
        for k, able, many, short in self.skills:
            self.model.add_hint(short, max(0, many - sum(team[i] == k for i in able)))

    def solved(self, seconds: float, watch: Watch) -> tuple[int, cp_model.CpSolver]:
        """The status, and the solver that knows the values."""
        self.model.minimize(sum(self.terms))
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.num_workers = WORKERS
        told = _Told(watch)
        with _heeding(solver, told, watch.stop):
            return solver.solve(self.model, told), solver


class _Told(cp_model.CpSolverSolutionCallback):  # type: ignore[misc] # it has no types
    """Passes each better split on."""

    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self.watch, self.begun, self.found = watch, time.monotonic(), False

    def on_solution_callback(self) -> None:
        self.found = True
        if self.watch.report is not None:
            least = max(0.0, self.best_objective_bound / METRES)
            seconds = time.monotonic() - self.begun
            self.watch.report(Incumbent(self.objective_value / METRES, least, seconds))


@contextmanager
def _heeding(solver: cp_model.CpSolver, told: _Told, stop: Event | None) -> Iterator[None]:
    """End the search once somebody said so and there is anything to keep."""
    if stop is None:
        yield
        return
    over = Event()

    def look() -> None:
        while not over.wait(LOOKING):
            if stop.is_set() and told.found:
                solver.stop_search()

    watcher = Thread(target=look, name="stop", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()


def split(group: Group, seconds: float, watch: Watch | None = None) -> Split:
    """The cheapest teams found in `seconds`. Raises `BadGroup` when there are none, or no time."""
    watch = watch or Watch()
    everywhere = _offered(group)
    if len(group.members) * len(group.teams) < LARGE:
        return _found(group, everywhere, seconds, watch)
    prices = priced(group, min(SOON, PRICING * seconds))
    begun = start(group, prices.chosen)
    near = _offered(group, prices, begun)
    rest = (1 - PRICING) * seconds
    watch = replace(watch, report=_above(prices.bound, watch.report))
    try:
        return _found(group, near, rest, watch, prices=prices, begun=begun)
    except BadGroup:  # perhaps only the offer was too narrow
        return _found(group, everywhere, seconds, watch, prices=prices, begun=begun)


def _above(bound: float, report: Report | None) -> Report | None:
    """`report` with the `bound` of the prices: what the search proves is of its narrow offer."""
    if report is None:
        return None
    return lambda each: report(replace(each, bound=bound))


def _found(
    group: Group,
    offered: Sequence[Sequence[int]],
    seconds: float,
    watch: Watch,
    *,
    prices: Priced | None = None,
    begun: Sequence[int] = (),
) -> Split:
    made = _Model(group, offered)
    if begun:
        made.hint(begun)
    status, solver = made.solved(seconds, watch)
    if status == cp_model.INFEASIBLE:
        reason = "no teams of equal size with a leader each keep the pins and pairs; free one"
        raise BadGroup(reason=reason)
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        raise BadGroup(reason=f"no teams were found in {seconds:g} s; give more time")
    team = [next(k for k, v in row.items() if solver.boolean_value(v)) for row in made.member]
    leads = {
        k: i for i in made.people for k, v in made.leader[i].items() if solver.boolean_value(v)
    }
    bound = prices.bound if prices is not None else solver.best_objective_bound / METRES
    return Split(team, [leads[k] for k in made.teams], cost(group, team), bound)


def _offered(
    group: Group, prices: Priced | None = None, begun: Sequence[int] = ()
) -> list[list[int]]:
    """The teams of which each person may be in one: his pin; else, given prices, the cheapest for
    those with whom he must stay, and where they begin; else all."""
    names = {wanted.name: k for k, wanted in enumerate(group.teams)}
    at = {member.key: i for i, member in enumerate(group.members)}
    found: list[list[int]] = [[]] * len(group.members)
    for block in blocks(list(at), group.together):
        pins = [names[group.pins[key]] for key in block if key in group.pins]
        teams = pins[:1] or list(range(len(group.teams)))
        if prices is not None and not pins:
            costs = prices.costs[[at[key] for key in block]].sum(axis=0)
            cheap = np.argsort(costs, kind="stable")[:NEAR].tolist()
            teams = sorted({*cheap, *(begun[at[key]] for key in block)})
        for key in block:
            found[at[key]] = teams
    return found
