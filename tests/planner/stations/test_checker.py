"""Every rule broken by hand, and kept at its very edge."""

from dataclasses import replace
from typing import Any

import pytest

from muster.planner.stations.checker import check
from muster.planner.stations.problem import Cover, Request
from muster.planner.stations.roster import Duty, Roster
from tests.planner.stations.crews import crew, works


@pytest.mark.parametrize(
    ("rules", "kept", "broken", "rule"),
    [
        ({}, "EEL", "ELE", "succession"),
        ({"days_off": frozenset({1})}, "E-E", "EE-", "day_off"),
        ({"max_shifts": {"L": 1}}, "E-L", "L-L", "max_shifts"),
        ({"max_minutes": 1080}, "E-L", "L-L", "max_minutes"),
        ({"min_minutes": 1080}, "E-L", "E-E", "min_minutes"),
        ({"max_run": 2}, "EE-EE", "EEE", "max_run"),
        ({"min_run": 2}, "-EE", "-E-", "min_run"),
        ({"min_run": 2}, "E----------" + "--E", "E-E-", "min_run"),
        ({"min_off": 2}, "-EE--E", "EE-EE", "min_off"),
        ({"min_off": 2}, "-" + "E" * 4 + "--" + "E" * 6 + "-", "E-EEEE", "min_off"),
        ({"max_weekends": 1}, "-----EE", "-----E------E", "weekends"),
    ],
)
def test_each_rule(rules: dict[str, Any], kept: str, broken: str, rule: str) -> None:
    problem = crew(**{"max_run": 14, **rules})
    assert check(problem, works(kept)).breaches == ()
    assert rule in {breach.rule for breach in check(problem, works(broken)).breaches}


def test_two_shifts_on_a_day() -> None:
    roster = Roster((Duty("A", 0, "E"), Duty("A", 0, "L")))
    assert [b.rule for b in check(crew(), roster).breaches] == ["one_shift_a_day"]


@pytest.mark.parametrize("duty", [Duty("B", 0, "E"), Duty("A", 14, "E"), Duty("A", 0, "X")])
def test_who_or_what_is_not_there(duty: Duty) -> None:
    assert [b.rule for b in check(crew(), Roster((duty,))).breaches] == ["unknown"]


def test_every_part_of_the_cost() -> None:
    requests = (
        Request("A", 0, "E", 2, wanted=True), Request("A", 1, "E", 3, wanted=True),
        Request("A", 0, "E", 4, wanted=False), Request("A", 2, "E", 8, wanted=False),
    )  # fmt: skip
    covers = (Cover(0, "E", 3, 100, 7), Cover(0, "L", 0, 100, 7), Cover(2, "E", 0, 100, 7))
    problem = replace(crew(), requests=requests, covers=covers)
    verdict = check(problem, Roster((Duty("A", 0, "E"),)))
    assert verdict.parts == {"on_requests": 3, "off_requests": 4, "under": 200, "over": 0}
    assert verdict.cost == 207
    assert check(problem, works("--E")).parts["over"] == 7
