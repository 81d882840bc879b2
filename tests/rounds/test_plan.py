"""What a plan says about itself."""

import msgspec

from muster.rounds.plan import faults_of, table_numbers, tubes_of
from muster.rounds.planning import plan_round
from tests.rounds.areas import area


def test_a_made_plan_has_no_fault() -> None:
    plan = plan_round(area())
    assert faults_of(plan) == []
    assert table_numbers(plan) == list(range(1, 18))
    assert plan.last_call == max(call.minute for call in plan.calls)


def test_the_worst_shortage_is_said_first() -> None:
    plan = plan_round(area(staff={"order": 34, "runner": 9, "guide": 0}, neighbours={}))
    worst = plan.shortage
    assert [post.role for post in worst] == ["sampler", "recorder", "guide"]
    assert worst[0].short_of_minimum >= worst[1].short_of_minimum
    full = msgspec.structs.replace(worst[1], staff=99)
    assert (full.short, full.short_of_minimum) == (0, 0)


def test_tubes_are_rounded_up() -> None:
    assert [tubes_of(n, 10) for n in (1, 10, 11)] == [1, 1, 2]
