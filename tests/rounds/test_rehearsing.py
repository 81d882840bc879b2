"""What a plan comes to when people are missing, more come, or something goes wrong."""

import msgspec
import pytest

from muster.rounds.errors import BadRoundPlan
from muster.rounds.planning import plan_round
from muster.rounds.rehearsing import (
    Changes,
    as_staffed,
    changed_round,
    rehearse_plan,
    samplers_each,
    what_if,
)
from muster.simulate.round import Trouble
from tests.rounds.areas import area

PLAN = plan_round(area())


def test_the_round_is_the_plans() -> None:
    round_ = changed_round(PLAN, Changes())
    assert round_ is not None
    assert [t.number for t in round_.tables] == list(range(1, 18))
    assert round_.people == sum(call.people for call in PLAN.calls)
    assert {t.samplers for t in round_.tables} == {2}


def test_without_the_neighbours_it_takes_twice_as_long() -> None:
    with_them, without, more = what_if(PLAN, Changes(as_staffed(PLAN)), runs=5)
    assert [s.key for s in (with_them, without, more)] == [
        "plan", "without_neighbours", "more_recorders",
    ]  # fmt: skip
    assert (with_them.tables, without.tables) == (17, 7)
    assert with_them.rehearsed
    assert without.rehearsed
    assert without.rehearsed.finish.low > 2 * with_them.rehearsed.finish.high
    assert without.to_json()["rehearsed"]["runs"] == 5


def test_two_more_recorders_open_a_table_where_recorders_lack() -> None:
    hands = {"recorder": 10, "order": 40, "runner": 20, "guide": 9}
    few, more = Changes(hands), Changes(hands, recorders=2)
    assert rehearse_plan(PLAN, few, runs=1).tables == 10
    assert rehearse_plan(PLAN, more, runs=1).tables == 12


def test_more_recorders_than_tables_share_one() -> None:
    round_ = changed_round(PLAN, Changes(recorders=2))
    assert round_ is not None
    assert sum(t.recorders for t in round_.tables) == 19
    assert max(t.recorders for t in round_.tables) == 2


def test_a_second_recorder_that_was_planned_is_there() -> None:
    site = PLAN.sites[0]
    two = msgspec.structs.replace(site.tables[0], recorders=2)
    changed = msgspec.structs.replace(site, tables=(two, *site.tables[1:]))
    plan = msgspec.structs.replace(PLAN, sites=(changed, *PLAN.sites[1:]))
    round_ = changed_round(plan, Changes())
    assert round_ is not None
    assert [t.recorders for t in round_.tables][:2] == [2, 1]


def test_fewer_recorders_shut_tables() -> None:
    assert rehearse_plan(PLAN, Changes(recorders=-5), runs=1).tables == 12
    assert rehearse_plan(PLAN, Changes(recorders=-17), runs=1).rehearsed is None


def test_a_site_that_stays_shut_sends_its_people_on() -> None:
    hands = {"any": 4}
    round_ = changed_round(PLAN, Changes(hands))
    assert round_ is not None
    assert len(round_.sites) == len(round_.tables) == 1
    assert round_.people == sum(call.people for call in PLAN.calls)


def test_counted_samplers_are_shared_out() -> None:
    assert samplers_each(PLAN, {"sampler": 20}, 17) == 1
    assert samplers_each(PLAN, {"sampler": 40}, 17) == 2
    assert samplers_each(PLAN, {"any": 4}, 17) is None
    round_ = changed_round(PLAN, Changes({"any": 102, "sampler": 20}))
    assert round_ is not None
    assert {t.samplers for t in round_.tables} == {1}


def test_fewer_people_come_when_more_stay_away() -> None:
    half = rehearse_plan(PLAN, Changes(no_show=0.5), runs=3).rehearsed
    assert half is not None
    assert half.people.median == pytest.approx(0.52 * sum(c.people for c in PLAN.calls), rel=0.05)


def test_a_table_that_is_not_in_the_plan_cannot_fail() -> None:
    with pytest.raises(BadRoundPlan, match="no table 99; tables are 1 to 17"):
        changed_round(PLAN, Changes(trouble=Trouble(fails=((99, 60.0),))))


def test_a_table_that_did_not_open_cannot_fail_either() -> None:
    changes = Changes({"any": 8}, trouble=Trouble(fails=((17, 60.0),)))
    assert changed_round(PLAN, changes).trouble.fails == ()  # type: ignore[union-attr]


def test_nobody_said_who_is_there() -> None:
    plan = plan_round(area(staff={}, neighbours={}))
    assert as_staffed(plan) is None
    assert [s.key for s in what_if(plan, Changes(), runs=1)] == ["plan", "more_recorders"]
