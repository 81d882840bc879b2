"""A plan keeps the policy's ratios, says the shortage first, and nobody is left out or queues."""

import itertools

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.policies import load
from muster.rounds.area import Building
from muster.rounds.files import read_plan, write_plan
from muster.rounds.plan import RoundPlan
from muster.rounds.planning import plan_round
from muster.rounds.rehearsing import Changes, rehearse_plan
from tests.rounds.areas import area, buildings

NORM = load("2022-04").screening.site


def called(plan: RoundPlan, building: str) -> int:
    return sum(call.people for call in plan.calls if call.building == building)


def test_the_night_of_the_report() -> None:
    """8,000 people, 17 tables, twenty-odd of one's own and 80 neighbours."""
    plan = plan_round(area())
    assert plan.tables == 17
    assert len(plan.sites) == 3
    assert all(site.people <= NORM.people_max for site in plan.sites)
    assert [post.role for post in plan.shortage] == ["sampler"]
    recorder = next(post for post in plan.posts if post.role == "recorder")
    assert (recorder.required, recorder.short) == (17 + plan.home_teams, 0)
    assert sum(p.staff for p in plan.posts) == 22
    assert sum(p.neighbours for p in plan.posts) <= 80
    assert [t.number for s in plan.sites for t in s.tables] == list(range(1, 18))


def test_everybody_is_called_once_or_visited() -> None:
    asked = area()
    plan = plan_round(asked)
    visited = {home.building: home.people for home in plan.home}
    for building in asked.buildings:
        assert called(plan, building.key) + visited[building.key] == building.residents
        parts = sorted((c.first, c.last) for c in plan.calls if c.building == building.key)
        assert parts[0][0] == 1
        assert parts[-1][1] == building.households
        assert all(b == a + 1 for (_, a), (b, _) in itertools.pairwise(parts))


@settings(max_examples=15, deadline=None)
@given(
    sizes=st.lists(
        st.tuples(st.integers(0, 500), st.integers(1, 400), st.integers(0, 20)),
        min_size=1,
        max_size=12,
    ),
    known=st.booleans(),
)
def test_any_area_is_planned_whole(sizes: list[tuple[int, int, int]], known: bool) -> None:
    made = tuple(
        Building(
            key=str(n), name=str(n), residents=people, households=min(homes, people),
            at_home=min(at_home, people), x=30.0 * n if known else None,
            y=7.0 * (n % 3) if known else None,
        )
        for n, (people, homes, at_home) in enumerate(sizes)
    )  # fmt: skip
    if not any(building.coming for building in made):
        return
    plan = plan_round(area(buildings=made, tables=None))
    assert all(called(plan, b.key) == b.coming for b in made)
    assert sum(site.people for site in plan.sites) == sum(b.coming for b in made)
    assert read_plan(write_plan(plan)) == plan


def test_by_the_calls_nobody_queues_long() -> None:
    found = rehearse_plan(plan_round(area()), Changes(), runs=10).rehearsed
    assert found is not None
    assert found.wait.high < 10
    assert not found.crowded


def test_people_go_to_a_site_that_is_near() -> None:
    plan = plan_round(area())
    assert all(site.farthest is not None and site.farthest < 300 for site in plan.sites)
    assert max(call.walk for call in plan.calls) < 300 / 60 + 0.1
    assert len({site.building for site in plan.sites}) == 3


def test_the_same_area_gives_the_same_plan() -> None:
    assert plan_round(area()) == plan_round(area())


def test_too_few_hours_are_said_with_the_tables_that_would_do() -> None:
    short = plan_round(area(hours=3.0))
    assert short.notes[0].code == "too_long"
    wanted = int(short.notes[0].values["tables"])
    assert wanted > 17
    assert not [n for n in plan_round(area(hours=3.2, tables=wanted)).notes if n.code == "too_long"]


def test_buildings_without_coordinates_are_taken_in_their_order() -> None:
    plan = plan_round(area(buildings=buildings(x=None, y=None)))
    assert [note.code for note in plan.notes] == ["no_coordinates"]
    assert all(site.x is None and site.farthest is None for site in plan.sites)
    assert {call.walk for call in plan.calls} == {0.0}


def test_ordered_sites_may_be_crowded_and_that_is_said() -> None:
    plan = plan_round(area(sites=2))
    assert len(plan.sites) == 2
    assert [note.code for note in plan.notes] == ["site_crowded"]


def test_a_site_stands_only_where_one_may() -> None:
    made = buildings()
    open_air = {"b0", "b9", "b20", "b25"}
    made = tuple(msgspec.structs.replace(b, site_possible=b.key in open_air) for b in made)
    assert {site.building for site in plan_round(area(buildings=made)).sites} <= open_air


def test_a_sealed_building_has_a_tube_for_each_household() -> None:
    usual, sealed = plan_round(area()), plan_round(area(buildings=buildings(sealed=True)))
    assert all(call.alone for call in sealed.calls)
    assert sealed.supplies.tubes > 3 * usual.supplies.tubes
    assert sealed.supplies.swabs == usual.supplies.swabs


def test_twenty_to_a_tube_are_half_the_tubes() -> None:
    ten, twenty = plan_round(area()), plan_round(area(tube_size=20))
    assert twenty.tube_size == 20
    at_home = sum(home.people for home in ten.home)
    assert twenty.supplies.tubes - at_home < 0.6 * (ten.supplies.tubes - at_home)


def test_communities_start_one_after_another() -> None:
    made = tuple(
        msgspec.structs.replace(b, community="ABC"[n % 3]) for n, b in enumerate(buildings())
    )
    plan = plan_round(area(buildings=made))
    opens = {site.community: site.opens for site in plan.sites}
    assert sorted(opens.values()) == [0, 10, 20]
    for call in plan.calls:
        assert call.minute >= plan.sites[call.site].opens


def test_home_teams_follow_from_the_people_at_home() -> None:
    plan = plan_round(area(buildings=buildings(at_home=30)))
    home = load("2022-04").screening.home
    assert plan.home_teams == -(-26 * 30 // int(home.people_per_team_hour * 7))
    sampler = next(post for post in plan.posts if post.role == "sampler")
    assert sampler.required == 17 * 2 + plan.home_teams * home.samplers


@pytest.mark.parametrize("tables", [None, 5, 40])
def test_tables_are_those_ordered_or_the_ratio(tables: int | None) -> None:
    plan = plan_round(area(tables=tables))
    coming = sum(b.coming for b in buildings())
    assert plan.tables == tables or round(coming / NORM.residents_per_table_tonight)
