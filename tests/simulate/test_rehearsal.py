"""The rehearsal says when it ends, who waits, where it chokes; each trouble makes it worse."""

import json
from dataclasses import replace

import pytest

from muster.simulate.rehearsal import Choke, Quantiles, choke_of, rehearse
from muster.simulate.round import Call, Round, Site, Table, Trouble
from tests.simulate.rounds import manner, night


def test_eight_thousand_at_seventeen_tables_are_through_by_the_calls() -> None:
    found = rehearse(night(), runs=10, seed=1)
    assert found.people.median == pytest.approx(8000 * 0.97, rel=0.01)
    assert 300 < found.finish.low <= found.finish.median <= found.finish.high < 420
    assert found.wait.median < 10
    assert not found.crowded
    assert len(found.tables) == 17
    assert sum(t.people.median for t in found.tables) == pytest.approx(
        found.people.median, rel=0.02
    )
    assert all(len(t.line) == len(found.times) for t in found.tables)


def test_the_same_seed_gives_the_same_figures() -> None:
    round_ = night(800, (2,))
    assert rehearse(round_, 5, seed=3) == rehearse(round_, 5, seed=3)
    assert rehearse(round_, 5, seed=3) != rehearse(round_, 5, seed=4)


def test_without_calls_everybody_stands_in_line() -> None:
    called = night(1600, (3,))
    at_once = replace(called, calls=(Call(0, 0.0, 1600, 500),))
    calm, crush = rehearse(called, 5), rehearse(at_once, 5)
    assert crush.wait.median > 10 * calm.wait.median
    assert crush.crowded == ("site 1",)


@pytest.mark.parametrize(
    "trouble", [Trouble(fails=((1, 60.0),)), Trouble(rain=(30.0, 90.0))], ids=["fails", "rain"]
)
def test_trouble_makes_people_wait(trouble: Trouble) -> None:
    calm = rehearse(night(900, (3,)), 10)
    worse = rehearse(replace(night(900, (3,)), trouble=trouble), 10)
    assert worse.wait.low > calm.wait.high
    assert worse.finish.high >= calm.finish.low


def test_a_change_of_suit_costs_time_where_nobody_relieves() -> None:
    how = manner(pause_every=0)
    round_ = night(1200, (2,), how=how)
    alone = tuple(
        replace(site, tables=tuple(replace(t, samplers=1) for t in site.tables))
        for site in round_.sites
    )
    assert rehearse(replace(round_, sites=alone), 5).wait.low > rehearse(round_, 5).wait.high


def test_it_chokes_where_the_work_is_slowest() -> None:
    slow = manner(registration=(60, 80))
    found = rehearse(night(900, (3,), how=slow, load_share=1.2), 5)
    assert found.choke.stage == "registration"
    quick = manner(registration=(8, 12), pause_every=0, suit_hours=0)
    assert rehearse(night(900, (3,), how=quick, load_share=1.2), 5).choke.stage == "swab"


def test_a_second_recorder_helps_where_registration_chokes() -> None:
    slow = manner(registration=(60, 80))
    one = night(600, (2,), how=slow)
    two = replace(
        one,
        sites=tuple(
            Site(s.name, tuple(replace(t, recorders=2) for t in s.tables)) for s in one.sites
        ),
    )
    assert rehearse(two, 5).wait.high < rehearse(one, 5).wait.low / 2


def test_household_tubes_are_more_tubes() -> None:
    pooled, own = rehearse(night(600, (2,)), 3), rehearse(night(600, (2,), alone=True), 3)
    assert own.tubes.low > 2 * pooled.tubes.high


def test_a_site_that_calls_nobody_is_left_out() -> None:
    sites = (Site("a", (Table(1, 1, 2),)), Site("b", (Table(2, 1, 2),)))
    found = rehearse(Round(sites, (Call(0, 0, 50, 20),), manner()), 3)
    assert [t.number for t in found.tables] == [1]


def test_the_figures_go_into_json() -> None:
    found = rehearse(night(200, (1,)), 2)
    plain = json.loads(json.dumps(found.to_json()))
    assert plain["choke"]["stage"] == found.choke.stage
    assert plain["tables"][0]["line"] == list(found.tables[0].line)


def test_quantiles_and_choke_of_hand_made_tables() -> None:
    assert Quantiles.of(range(101)) == Quantiles(5, 50, 95)
    found = rehearse(night(200, (1,)), 2)
    assert isinstance(choke_of(found.tables), Choke)
    with pytest.raises(ValueError, match="one run"):
        rehearse(night(200, (1,)), 0)
