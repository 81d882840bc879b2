"""Rehearse a plan: as it is staffed, without the neighbours, with two more recorders.

The calls stay as they were made known: when fewer tables open than were planned, people come at
their times all the same, and the queue shows what that means.
"""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from muster import policies
from muster.rounds.errors import BadRoundPlan
from muster.rounds.plan import PlannedSite, RoundPlan, table_numbers
from muster.rounds.staffing import everybody, shut, tables_open
from muster.simulate.rehearsal import Rehearsed, rehearse
from muster.simulate.round import Call, Round, Site, Table, Trouble, manner_of

MORE_RECORDERS = 2


@dataclass(frozen=True, slots=True)
class Changes:
    """What a rehearsal changes of a plan. `people` replaces who is there (``None``: every post is
    filled); `recorders` more, or fewer when negative; `no_show` the share that stays away."""

    people: Mapping[str, int] | None = None
    recorders: int = 0
    no_show: float | None = None
    trouble: Trouble = field(default_factory=Trouble)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One rehearsal of a plan: how many tables opened, and what came of it; ``None`` when not one
    table can open."""

    key: str
    tables: int
    rehearsed: Rehearsed | None

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)


def changed_round(plan: RoundPlan, changes: Changes) -> Round | None:
    """The plan as a round to simulate; ``None`` when no table can open.

    Raises `BadRoundPlan` for a table that fails and is not in the plan.
    """
    for number, _ in changes.trouble.fails:
        if number not in table_numbers(plan):
            known = f"{table_numbers(plan)[0]} to {table_numbers(plan)[-1]}"
            raise BadRoundPlan(
                field="fail", reason=f"there is no table {number}; tables are {known}"
            )
    people = _with_recorders(plan, changes)
    count, spare = _opened(plan, changes)
    if not count:
        return None
    sizes = shut({n: len(site.tables) for n, site in enumerate(plan.sites)}, count)
    manner = manner_of(policies.load(plan.policy), plan.tube_size)
    if changes.no_show is not None:
        manner = replace(manner, no_show=changes.no_show)
    open_sites = [n for n, size in sizes.items() if size]
    sites, moved = [], {}
    for n in open_sites:
        sites.append(_site(plan, n, sizes[n], samplers_each(plan, people, count)))
        moved[n] = len(sites) - 1
    instead = moved[max(open_sites, key=lambda n: sizes[n])]
    calls = tuple(
        Call(moved.get(c.site, instead), c.minute, c.people, c.last - c.first + 1, c.walk, c.alone)
        for c in plan.calls
    )
    opened = {table.number for site in sites for table in site.tables}
    fails = tuple(fail for fail in changes.trouble.fails if fail[0] in opened)
    return Round(_recorded(sites, spare), calls, manner, Trouble(fails, changes.trouble.rain))


def _with_recorders(plan: RoundPlan, changes: Changes) -> dict[str, int] | None:
    if changes.people is None:
        return None
    people = dict(changes.people)
    people["recorder"] = people.get("recorder", 0) + changes.recorders
    return people


def _opened(plan: RoundPlan, changes: Changes) -> tuple[int, int]:
    """How many tables open, and how many recorders are left for a second place at a table."""
    more = changes.recorders
    if changes.people is None:
        return max(0, plan.tables + min(0, more)), max(0, more)
    policy, sites = policies.load(plan.policy), len(plan.sites)
    people = _with_recorders(plan, changes) or {}
    before = tables_open(policy, changes.people, plan.tables, sites)
    now = tables_open(policy, people, plan.tables, sites)
    return now, max(0, more - max(0, now - before))


def samplers_each(plan: RoundPlan, people: Mapping[str, int] | None, tables: int) -> int | None:
    """Samplers of each open table when they are counted; ``None``: as planned."""
    if people is None or "sampler" not in people:
        return None
    return max(1, people["sampler"] // tables)


def _site(plan: RoundPlan, number: int, size: int, samplers: int | None) -> Site:
    planned: PlannedSite = plan.sites[number]
    return Site(
        planned.name,
        tuple(
            Table(
                t.number, t.recorders, min(t.samplers, samplers or t.samplers), float(planned.opens)
            )
            for t in planned.tables[:size]
        ),
    )


def _recorded(sites: list[Site], spare: int) -> tuple[Site, ...]:
    """Give one more recorder to `spare` tables, one site after another."""
    turns = sorted(
        ((place, n) for n, site in enumerate(sites) for place in range(len(site.tables)))
    )
    more = {(n, place): 0 for place, n in turns}
    for turn in range(spare):
        place, n = turns[turn % len(turns)]
        more[n, place] += 1
    return tuple(
        Site(
            site.name,
            tuple(
                replace(table, recorders=table.recorders + more[n, place])
                for place, table in enumerate(site.tables)
            ),
        )
        for n, site in enumerate(sites)
    )


def rehearse_plan(
    plan: RoundPlan, changes: Changes, *, key: str = "plan", runs: int = 200, seed: int = 0
) -> Scenario:
    """Let `plan` with `changes` run. Raises `BadRoundPlan`."""
    round_ = changed_round(plan, changes)
    if round_ is None:
        return Scenario(key, 0, None)
    return Scenario(key, len(round_.tables), rehearse(round_, runs, seed))


def as_staffed(plan: RoundPlan, *, neighbours: bool = True) -> Mapping[str, int] | None:
    """Who is there; ``None``, every post filled, where nobody said."""
    return everybody(plan, neighbours=neighbours) if plan.hands.known else None


def what_if(plan: RoundPlan, changes: Changes, *, runs: int = 200, seed: int = 0) -> list[Scenario]:
    """The plan with `changes`, the same without neighbours, and with two more recorders."""
    cases = {"plan": changes}
    if plan.hands.neighbours:
        cases["without_neighbours"] = replace(changes, people=as_staffed(plan, neighbours=False))
    cases["more_recorders"] = replace(changes, recorders=changes.recorders + MORE_RECORDERS)
    with ThreadPoolExecutor(len(cases)) as pool:  # the kernel runs without the interpreter's lock
        asked = [
            pool.submit(rehearse_plan, plan, case, key=key, runs=runs, seed=seed)
            for key, case in cases.items()
        ]
        return [each.result() for each in asked]
