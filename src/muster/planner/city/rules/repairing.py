"""A new plan after events for a problem with rules: mended as without them, then by the rules.

Whoever breaks a rule then is joined by whom he lacks or goes home; posts that this empties, and the
holes of the events, are offered to whoever is free. Nobody else moves.
"""

import time
from dataclasses import replace

import numpy as np

from muster.planner.city.checker import Judgement
from muster.planner.city.constraints import capacity
from muster.planner.city.errors import RulesUnmet, refuse
from muster.planner.city.problem import OPEN, CityProblem, Lines, Whole
from muster.planner.city.repair import (
    Mend,
    Repaired,
    changes_of,
    repair,
    told_of,
    week_by_week,
)
from muster.planner.city.rules.contradictions import barred
from muster.planner.city.rules.judging import judge_with, said
from muster.planner.city.rules.mending import Mending
from muster.planner.city.rules.model import Rules


def rules_after(problem: CityProblem, rules: Rules) -> Rules:
    """What of `rules` can still be meant in `problem` as it is after events: new lines need no
    tag and no suit, a pin that is barred now is dropped, a team that is shut in apart is none."""
    needs = np.zeros(problem.lines, np.int64)
    needs[: len(rules.line_needs)] = rules.line_needs
    suit_hours = np.full(problem.lines, np.inf)
    suit_hours[: len(rules.line_suit_hours)] = rules.line_suit_hours
    rules = replace(rules, line_suit_hours=suit_hours)
    kept = [not any(barred(problem, rules, *pin)) for pin in rules.pinned.tolist()]
    team = rules.person_team.copy()
    shut = problem.compound_status[problem.person_home] != OPEN
    for each in np.unique(team[shut & (team >= 0)]).tolist():
        if len(np.unique(problem.person_home[shut & (team == each)])) > 1:
            team[team == each] = -1
    pinned = rules.pinned[np.array(kept, np.bool_)]
    return replace(rules, line_needs=needs, pinned=pinned, person_team=team)


def repair_with(
    problem: CityProblem,
    rules: Rules,
    plan: Lines,
    since: int,
    *,
    holes: Whole | None = None,
    chains: bool = True,
) -> Repaired:
    """Mend `plan` from slot `since` on so that `rules` hold; what happened before stays.

    Args:
        problem: as it is after the events; `rules` too, see `rules_after`.
        plan: (P, T), the plan before the events.
        holes: (L, T) people to find for each cell; where nothing is given, all that are short.
        chains: may people who serve elsewhere be moved?

    Raises:
        RulesUnmet: a pin, or the past, leaves no plan that keeps the rules.
    """
    if problem.weeks > 1:
        done = week_by_week(problem, plan, since, holes, _one(rules, chains))
        return replace(done, judgement=_kept(problem, rules, done.assignment, since))
    started = time.perf_counter()
    base = repair(problem, plan, since, holes=holes, chains=chains)
    mending = Mending(problem, rules, base.assignment, since)
    mending.keep()
    there = [capacity.present(problem, each) for each in (base.assignment, mending.plan)]
    wanted = np.ones_like(there[0]) if holes is None else holes
    mending.fill((there[1] < there[0]) | (wanted > 0))
    judgement = _kept(problem, rules, mending.plan, since)
    changes = changes_of(plan, mending.plan)
    filled = int(np.sum(capacity.present(problem, mending.plan) - there[0]))
    return replace(
        base,
        assignment=mending.plan,
        judgement=judgement,
        changes=changes,
        told=told_of(problem, changes),
        filled=base.filled + filled,
        seconds=time.perf_counter() - started,
    )


def _kept(problem: CityProblem, rules: Rules, plan: Lines, since: int) -> Judgement:
    """The judgement of a plan that keeps every rule. Raises `RulesUnmet`."""
    judgement = judge_with(problem, rules, plan, since)
    refuse(RulesUnmet, [said(each) for each in judgement.broken])
    return judgement


def _one(rules: Rules, chains: bool) -> Mend:
    def mend(
        week: CityProblem, slots: slice, plan: Lines, since: int, holes: Whole | None
    ) -> Repaired:
        return repair_with(week, rules.of(slots), plan, since, holes=holes, chains=chains)

    return mend
