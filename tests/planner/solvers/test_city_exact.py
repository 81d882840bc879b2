"""The fewest changes against every plan there is."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from muster.planner.city.checker import judge
from muster.planner.city.constraints import shortage
from muster.planner.city.problem import FREE, CityProblem, Lines
from muster.planner.city.repair import fewest_changes, repair
from tests.planner.city.cases import nobody, tiny

SINCE = 20


def small(seed: int) -> CityProblem:
    """Two people, two lines, three slots that are left."""
    city, chance = tiny(2, seed), np.random.default_rng(seed)
    lines = chance.choice(city.lines, 2, replace=False)
    slots = chance.choice(np.arange(SINCE, city.slots), 3, replace=False)
    required = np.zeros_like(city.required)
    required[np.ix_(lines, slots)] = chance.integers(0, 3, (2, 3))
    required[lines, 3] = 1
    available = np.zeros_like(city.person_available)
    available[:, [3, *slots]] = True
    return replace(
        city, required=required, minimum=np.minimum(required, 1), person_available=available,
        person_roles=chance.integers(1, 256, 2).astype(np.uint16),
    )  # fmt: skip


def every_plan(city: CityProblem, plan: Lines) -> list[Lines]:
    """Every legal plan with the past of `plan`."""
    lines = np.flatnonzero(city.required.any(axis=1)).tolist()
    slots = [t for t in range(SINCE, city.slots) if city.person_available[0, t]]
    cells = [(p, t) for p in range(city.people) for t in slots]
    found = []
    for taken in product([FREE, *lines], repeat=len(cells)):
        each = plan.copy()
        each[:, SINCE:] = FREE
        for (person, slot), line in zip(cells, taken, strict=True):
            each[person, slot] = line
        if judge(city, each, SINCE).legal:
            found.append(each)
    return found


@pytest.mark.parametrize("seed", range(6))
def test_no_plan_as_good_changes_fewer(seed: int) -> None:
    before = small(seed)
    plan = repair(before, nobody(before), 0, charge=0).assignment
    required = before.required.copy()
    used = np.flatnonzero(required.any(axis=1))
    required[used, SINCE:] = required[used[::-1], SINCE:]
    after = replace(before, required=required, minimum=np.minimum(required, 1))
    plan[1, SINCE:] = FREE
    plan = np.where(judge(after, plan, SINCE).legal, plan, nobody(after))
    like = repair(after, plan, SINCE, charge=0).assignment
    most = shortage.measure(after, like).cost
    fewest = min(
        int((each != plan).any(axis=1).sum())
        for each in every_plan(after, plan)
        if shortage.measure(after, each).cost <= most + 1e-6
    )
    found = fewest_changes(after, plan, SINCE, like, 20.0)
    assert found.changed == found.least == fewest
    assert (found.assignment[:, :SINCE] == plan[:, :SINCE]).all()
    assert shortage.measure(after, found.assignment).cost <= most + 1e-6
