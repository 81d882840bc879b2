"""muster.planner.city.rules.explaining: rules among the bars, and remedies that keep them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.planner.city.constraints import role
from muster.planner.city.explain import PostExplained, explain_post
from muster.planner.city.problem import FREE, CityProblem, Lines
from muster.planner.city.repair import repair
from muster.planner.city.rules.explaining import FORMAT, LIFTED, explain_person_with
from muster.planner.city.rules.explaining import explain_post_with as explain
from muster.planner.city.rules.judging import judge_with
from muster.planner.city.rules.mending import Mending
from muster.planner.city.rules.model import Rules, no_rules
from tests.planner.city.cases import cities, nobody, tiny
from tests.planner.city.rules.cases import some_rules


@settings(deadline=None, max_examples=60)
@given(cities(), st.integers(0, 1000), st.integers(0, 1000))
def test_everybody_is_counted_once_and_remedies_keep_the_rules(
    city: CityProblem, seed: int, pick: int
) -> None:
    rules = some_rules(city, seed)
    plan = Mending(city, rules, repair(city, nobody(city), 0).assignment).run()
    assert judge_with(city, rules, plan).legal
    posts = np.argwhere(city.required)
    line, slot = posts[pick % len(posts)].tolist()
    found = explain(city, rules, plan, line, slot)
    holders = role.allows(city, np.arange(city.people), np.full(city.people, line)).sum()
    assert sum(found.bars.values()) == holders
    assert found.bars.get("here", 0) == len(found.present)
    if len(found.present) < found.required:
        for remedy in found.remedies:
            broken = {each.name for each in judge_with(city, rules, lifted(plan, found, remedy))
                      .broken}  # fmt: skip
            assert broken <= {LIFTED.get(remedy.change), FORMAT.get(remedy.change)}


def lifted(plan: Lines, found: PostExplained, remedy) -> Lines:  # type: ignore[no-untyped-def]
    after = plan.copy()
    if remedy.gives_up:
        after[remedy.person, remedy.gives_up[1]] = FREE
    after[remedy.person, found.slot] = found.line
    return after


def test_without_rules_it_says_what_the_format_says() -> None:
    city = tiny(6)
    plan = repair(city, nobody(city), 0, chains=False, charge=0).assignment
    for line, slot in np.argwhere(city.required)[:40].tolist():
        found = explain(city, no_rules(city), plan, line, slot)
        assert found == explain_post(city, plan, line, slot)


def one_post() -> tuple[CityProblem, int, int]:
    """Two people, and one post that wants both of them."""
    city = tiny(2)
    line, slot = np.argwhere(city.required)[0].tolist()
    required = np.zeros_like(city.required)
    required[line, slot] = 2
    city = replace(city, required=required, minimum=required.copy())
    return replace(city, person_home=np.full(2, city.line_place[line], np.int32)), line, slot


@pytest.mark.parametrize(
    ("bar", "change"),
    [
        ("forbidden", lambda n, q, t: {"forbidden": np.array([[0, q, t], [1, q, -1]])}),
        ("pinned", lambda n, q, t: {"pinned": np.array([[0, q, t + 1], [1, q, t + 1]])}),
        ("team", lambda n, q, t: {"person_team": np.zeros(n, np.int64)}),
        ("own_hours", lambda n, q, t: {"person_max_hours": np.zeros(n)}),
        ("newcomer", lambda n, q, t: {"person_newcomer": np.ones(n, np.bool_)}),
    ],
)
def test_each_rule_is_named(bar: str, change) -> None:  # type: ignore[no-untyped-def]
    city, line, slot = one_post()
    rules = replace(no_rules(city), **change(city.people, line, slot))
    found = explain(city, rules, nobody(city), line, slot)
    assert found.bars == {bar: 2}
    changes = [remedy.change for remedy in found.remedies]
    assert changes == ([bar] if bar in LIFTED else [])


def test_of_a_line_too_long_in_suit_and_one_unled() -> None:
    city, line, slot = one_post()
    suit, needs = np.full(city.lines, np.inf), np.zeros(city.lines, np.int64)
    suit[line], needs[line] = 1.0, 2
    for bar, more in (("suit", {"line_suit_hours": suit}), ("unled", {"line_needs": needs})):
        rules: Rules = replace(no_rules(city), **more)
        assert explain(city, rules, nobody(city), line, slot).bars == {bar: 2}
    led = replace(no_rules(city), line_needs=needs, person_tags=np.array([2, 0]))
    assert explain(city, led, nobody(city), line, slot).bars == {"free": 1, "unled": 1}
    plan = nobody(city)
    plan[0, slot] = line
    assert explain(city, led, plan, line, slot).bars == {"here": 1, "free": 1}


def test_a_person_is_offered_nothing_that_is_forbidden_to_him() -> None:
    city = tiny(1)
    plan = nobody(city)
    line, slot = np.argwhere(city.required)[0].tolist()
    plan[0, slot] = line
    (free,) = explain_person_with(city, no_rules(city), plan, 0)
    assert free.instead >= 0
    barred = replace(no_rules(city), forbidden=np.array([[0, free.instead, -1]]))
    (kept,) = explain_person_with(city, barred, plan, 0)
    assert kept.instead != free.instead
