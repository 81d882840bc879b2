"""muster.planner.city.repair and its loops, muster.planner.solvers.repair."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.planner.city.checker import judge
from muster.planner.city.event import Events, apply, sealing
from muster.planner.city.generate import generate
from muster.planner.city.problem import FREE, CityProblem, Lines
from muster.planner.city.repair import repair
from tests.planner.city.cases import cities, nobody, plans, tiny


def planned(city: CityProblem) -> Lines:
    """A legal plan: every hole filled by whoever costs least."""
    return repair(city, nobody(city), 0, chains=False, charge=0).assignment


@settings(deadline=None, max_examples=60)
@given(cities(), st.integers(0, 27), st.integers(0, 3), st.booleans())
def test_a_repair_never_breaks_a_rule(
    city: CityProblem, since: int, sealed: int, chains: bool
) -> None:
    plan = planned(city)
    assert judge(city, plan).legal
    after = apply(city, plan, Events(since, (sealed,), (0,)))
    mended = repair(after.problem, plan, since, holes=after.holes, chains=chains)
    assert (mended.assignment[:, :since] == plan[:, :since]).all()
    assert mended.judgement.legal
    assert mended.dropped == len(after.illegal)
    assert mended.judgement.cost <= judge(after.problem, after.plan, since).cost + 1e-6
    if not chains:
        assert mended.moved == 0
    again = plan.copy()
    for change in mended.changes:
        assert again[change.person, change.slot] == change.before
        again[change.person, change.slot] = change.after
    assert (again == mended.assignment).all()


@settings(deadline=None, max_examples=60)
@given(plans())
def test_a_broken_plan_becomes_legal(case: tuple[CityProblem, Lines]) -> None:
    city, plan = case
    assert repair(city, plan, 0).judgement.legal


def test_a_chain_moves_the_only_one_who_can() -> None:
    """Person 0 alone holds role 1 and serves in role 0, where person 1 can stand in."""
    city = tiny(2)
    at = {r: int(np.flatnonzero((city.line_role == r) & (city.line_place == 0))[0]) for r in (0, 1)}
    required = np.zeros_like(city.required)
    required[[at[0], at[1]], 13] = 1
    city = replace(
        city, required=required, minimum=required.copy(),
        person_home=np.zeros(2, np.int32), person_roles=np.array([3, 1], np.uint16),
    )  # fmt: skip
    plan = nobody(city)
    plan[0, 13] = at[0]
    direct = repair(city, plan, 10, chains=False)
    assert (direct.filled, direct.moved) == (0, 0)
    mended = repair(city, plan, 10)
    assert mended.assignment[:, 13].tolist() == [at[1], at[0]]
    assert (mended.filled, mended.moved, mended.told) == (1, 1, 2)
    kept = repair(city, plan, 10, charge=1000)
    assert (kept.told, kept.assignment[0, 13]) == (0, at[0])


def test_the_benchmark_event_on_a_small_city() -> None:
    city = generate(2000, 1)
    plan = planned(city)
    after = apply(city, plan, sealing(city, 25, 1))
    direct = repair(after.problem, plan, after.since, holes=after.holes, chains=False)
    mended = repair(after.problem, plan, after.since, holes=after.holes)
    assert mended.holes == after.holes.sum()
    assert 0 < direct.filled < mended.filled
    assert mended.judgement.cost < direct.judgement.cost
    assert mended.to_json()["told"] == mended.told <= len(mended.changes)
    assert (mended.assignment != plan).sum() < 0.2 * (plan != FREE).sum()


def test_nothing_to_mend_changes_nothing() -> None:
    city = tiny()
    plan = planned(city)
    mended = repair(city, plan, 5, holes=np.zeros_like(city.required, dtype=np.int64))
    assert mended.changes == ()
    assert mended.judgement.cost == pytest.approx(judge(city, plan).cost)
