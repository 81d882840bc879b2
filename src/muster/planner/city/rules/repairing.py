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
from muster.planner.city.finding import duties
from muster.planner.city.holding import holding
from muster.planner.city.problem import FREE, OPEN, CityProblem, Lines, Whole
from muster.planner.city.repair import (
    CHARGE,
    Mend,
    Repaired,
    changes_of,
    repair,
    told_of,
    week_by_week,
    what_stays,
)
from muster.planner.city.rules import newcomers
from muster.planner.city.rules.contradictions import barred
from muster.planner.city.rules.judging import judge_with, said
from muster.planner.city.rules.mending import Mending
from muster.planner.city.rules.model import Rules
from muster.planner.city.rules.paying import paying, told


def rules_after(problem: CityProblem, rules: Rules) -> Rules:
    """What of `rules` can still be meant in `problem` as it is after events: new lines need no
    tag and no suit and are where other lines of their place are, a pin that is barred now is
    dropped, a team that is shut in apart is none."""
    needs = np.zeros(problem.lines, np.int64)
    needs[: len(rules.line_needs)] = rules.line_needs
    suit_hours = np.full(problem.lines, np.inf)
    suit_hours[: len(rules.line_suit_hours)] = rules.line_suit_hours
    lenient = np.zeros(problem.lines, np.bool_)
    lenient[: len(rules.line_lenient)] = rules.line_lenient
    spots = _spots(problem, rules)
    rules = replace(rules, line_suit_hours=suit_hours, line_spot=spots, line_lenient=lenient)
    kept = [not any(barred(problem, rules, *pin)) for pin in rules.pinned.tolist()]
    team = rules.person_team.copy()
    shut = problem.compound_status[problem.person_home] != OPEN
    for each in np.unique(team[shut & (team >= 0)]).tolist():
        if len(np.unique(problem.person_home[shut & (team == each)])) > 1:
            team[team == each] = -1
    pinned = rules.pinned[np.array(kept, np.bool_)]
    return replace(rules, line_needs=needs, pinned=pinned, person_team=team)


def _spots(problem: CityProblem, rules: Rules) -> Whole:
    """(L,) the spot of each line, a new one's that of the first line at its place."""
    spot_of: dict[int, int] = {}
    places, fresh = problem.line_place.tolist(), int(rules.line_spot.max(initial=-1)) + 1
    for place, spot in zip(places, rules.line_spot.tolist(), strict=False):
        spot_of.setdefault(place, spot)
    new = [spot_of.get(place, fresh + place) for place in places[len(rules.line_spot) :]]
    return np.append(rules.line_spot, np.array(new, np.int64))


def repair_with(
    problem: CityProblem,
    rules: Rules,
    plan: Lines,
    since: int,
    *,
    holes: Whole | None = None,
    chains: bool = True,
    charge: float = CHARGE,
) -> Repaired:
    """Mend `plan` from slot `since` on so that `rules` hold; what happened before stays.

    Args:
        problem: as it is after the events; `rules` too, see `rules_after`.
        plan: (P, T), the plan before the events.
        holes: (L, T) people to find for each cell; where nothing is given, all that are short.
        chains: may people, and teams, who serve elsewhere be moved?
        charge: what telling one more person costs; no group of changes that hang together gains
            less than its people cost so.

    Raises:
        RulesUnmet: a pin, or the past, leaves no plan that keeps the rules.
    """
    if rules.idle:
        return repair(problem, plan, since, holes=holes, chains=chains, charge=charge)
    if problem.weeks > 1:
        done = week_by_week(problem, plan, since, holes, _one(rules, chains, charge))
        return replace(done, judgement=_kept(problem, rules, done.assignment, since))
    started = time.perf_counter()
    stays = what_stays(problem, plan, since)
    least, needed = Mending(problem, rules, stays, since).least()
    held = hung_on(problem, rules, stays, since)
    spared = _spared(problem, rules, held, stays)
    beside = np.where(held != FREE, FREE, plan)
    base = repair(spared, beside, since, holes=holes, chains=chains, charge=charge)
    start = np.where(held != FREE, held, base.assignment)
    made = _by_rules(
        problem, rules, (plan, start, stays), since, holes=holes, chains=chains, charge=charge
    )
    made = paying(problem, rules, plan, least, made, charge=charge, needed=needed)
    judgement = _kept(problem, rules, made, since)
    changes = changes_of(plan, made)
    there = [int((each != FREE).sum()) for each in (stays, made)]
    return replace(
        base,
        assignment=made,
        judgement=judgement,
        changes=changes,
        told=told_of(problem, changes),
        dropped=int(np.count_nonzero(stays != plan)),
        filled=there[1] - there[0],
        seconds=time.perf_counter() - started,
    )


def hung_on(problem: CityProblem, rules: Rules, plan: Lines, since: int) -> Lines:
    """(P, T) the lines of those whom others at their post or place need, of teams and of the
    pinned, from slot `since` on; else `FREE`. Moved alone, they would send others home."""
    at = duties(plan)
    alone = rules.person_team[at.person] >= 0
    needs = rules.line_needs[at.line] & rules.person_tags[at.person]
    for bit in range(int(needs.max(initial=0)).bit_length()):
        brings = needs >> bit & 1 == 1
        many = np.zeros((problem.lines, problem.slots), np.int64)
        np.add.at(many, (at.line[brings], at.slot[brings]), 1)
        alone |= brings & (many[at.line, at.slot] == 1)
    guides = newcomers.guides(problem, rules, at)
    new = rules.person_newcomer[at.person]
    spot = rules.line_spot[at.line]
    wards = new & newcomers.watched(rules)[at.line]
    guided = np.zeros(guides.shape, np.bool_)
    guided[spot[wards], at.slot[wards]] = True
    alone |= ~new & (spot >= 0) & guided[spot, at.slot] & (guides[spot, at.slot] == 1)
    alone &= at.slot >= since
    held = np.full(plan.shape, FREE, np.int32)
    held[at.person[alone], at.slot[alone]] = at.line[alone]
    for p, q, t in rules.pinned.tolist():
        if t >= since and plan[p, t] == q:
            held[p, t] = q
    return held


def _spared(problem: CityProblem, rules: Rules, held: Lines, stays: Lines) -> CityProblem:
    """`problem` for a repair that sends nobody of a team anywhere, and leaves the `held` alone."""
    rest = np.where(held != FREE, FREE, stays)
    team = (rules.person_team >= 0)[:, None]
    free = problem.person_available & ~(team & (stays == FREE))
    return holding(replace(problem, person_available=free), held, rest)


def _by_rules(
    problem: CityProblem, rules: Rules, plans: tuple[Lines, Lines, Lines], since: int,
    *, holes: Whole | None, chains: bool, charge: float,
) -> Lines:  # fmt: skip
    """A plan that keeps the rules. `plans`: before the events, as the repair without rules left
    it, what stays of the first."""
    plan, start, stays = plans
    mending = Mending(problem, rules, start, since, charge=charge)
    mending.told[:] = told(problem, plan, start, np.arange(problem.people))
    mending.keep()
    there = [capacity.present(problem, each) for each in (stays, mending.plan)]
    wanted = np.ones_like(there[0]) if holes is None else holes
    where = (there[1] < there[0]) | (wanted > 0)
    mending.fill(where)
    if chains:
        mending.move_teams(where)
        mending.fill(where)
    return mending.plan


def _kept(problem: CityProblem, rules: Rules, plan: Lines, since: int) -> Judgement:
    """The judgement of a plan that keeps every rule. Raises `RulesUnmet`."""
    judgement = judge_with(problem, rules, plan, since)
    refuse(RulesUnmet, [said(each) for each in judgement.broken])
    return judgement


def _one(rules: Rules, chains: bool, charge: float) -> Mend:
    def mend(
        week: CityProblem, slots: slice, plan: Lines, since: int, holes: Whole | None
    ) -> Repaired:
        return repair_with(
            week, rules.of(slots), plan, since, holes=holes, chains=chains, charge=charge
        )

    return mend
