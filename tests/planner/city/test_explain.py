"""muster.planner.city.explain: every holder of the role is counted once, and remedies work."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.planner.city.checker import judge
from muster.planner.city.constraints import role
from muster.planner.city.errors import NotInProblem
from muster.planner.city.explain import explain_person, explain_post
from muster.planner.city.problem import FREE, CityProblem
from muster.planner.city.repair import repair
from tests.planner.city.cases import cities, nobody, tiny


@settings(deadline=None, max_examples=40)
@given(cities(), st.integers(0, 1000))
def test_every_holder_of_the_role_is_counted_once(city: CityProblem, pick: int) -> None:
    plan = repair(city, nobody(city), 0, chains=False, charge=0).assignment
    posts = np.argwhere(city.required)
    line, slot = posts[pick % len(posts)].tolist()
    found = explain_post(city, plan, line, slot)
    people = np.arange(city.people)
    holders = role.allows(city, people, np.full(city.people, line)).sum()
    assert sum(found.bars.values()) == holders
    assert found.bars.get("here", 0) == len(found.present)
    if len(found.present) < found.required:
        assert "free" not in found.bars
        _remedies_work(city, plan, found)


def _remedies_work(city: CityProblem, plan: np.ndarray, found) -> None:  # type: ignore[no-untyped-def, type-arg]
    for remedy in found.remedies:
        after = plan.copy()
        if remedy.gives_up:
            assert after[remedy.person, remedy.gives_up[1]] == remedy.gives_up[0]
            after[remedy.person, remedy.gives_up[1]] = FREE
        after[remedy.person, found.slot] = found.line
        broken = {each.name for each in judge(city, after).broken}
        lifted = {
            "home_sealed": {"seal"}, "place_sealed": {"seal"}, "out_of_reach": {"radius"},
            "unavailable": {"availability"},
        }  # fmt: skip
        assert broken == lifted.get(remedy.change, set())


def test_a_person() -> None:
    city = tiny(3)
    plan = nobody(city)
    line, slot = np.argwhere(city.required)[0].tolist()
    plan[1, slot] = line
    (shift,) = explain_person(city, plan, 1)
    assert (shift.slot, shift.line, shift.change) == (slot, line, 0)
    assert shift.saves >= city.weight_required[line]
    without = judge(city, nobody(city)).cost - judge(city, plan).cost
    assert shift.gain == pytest.approx(without)
    assert shift.to_json()["gain"] == shift.gain
    assert explain_person(city, plan, 0) == ()


def test_what_does_not_exist() -> None:
    city = replace(tiny(3))
    plan = nobody(city)
    for line, slot in ((city.lines, 0), (0, 28), (0, 0)):
        with pytest.raises(NotInProblem):
            explain_post(city, plan, line, slot)
    with pytest.raises(NotInProblem):
        explain_person(city, plan, 3)
