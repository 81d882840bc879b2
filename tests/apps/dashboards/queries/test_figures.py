"""Every figure against a night counted by hand; a cut-off before an event leaves it out. Covers
muster.apps.dashboards.queries.tests_at_home, muster.apps.dashboards.queries.figure,
muster.apps.dashboards.queries.mobilising,
muster.apps.dashboards.queries.testing, muster.apps.dashboards.queries.zoning and
muster.apps.dashboards.queries.today."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from muster.apps.audit.actions import act_as
from muster.apps.dashboards.queries import FIGURES, Within, figures_at
from muster.apps.dashboards.queries.today import today_of
from muster.apps.rosters.actions import take_attendance
from muster.apps.rosters.models import Assignment
from muster.apps.screening.actions import note_absence, settle_recall
from muster.apps.screening.queries.coverage import coverage_total
from muster.apps.screening.queries.rounds import recalls_of, rounds_of
from muster.kernel import clock
from tests.support.city import HERE, THERE, SmallCity
from tests.support.life import live

# tests/support/life.py: 4 bodies called, 2 answered by offering (the hospital 4, the office 2);
# 14 neighbours; 2 of a chain. Residents and chain people live here; every third is a member
# (0, 3, 6, 9, 12) and one of the chain. 10 tested in one tube that is positive, one record held,
# two absent; 48 live in two sealed estates. Two doors of two got kits for five days; three results,
# one of them invalid.
NIGHT = {
    "bodies_called": 4,
    "bodies_acknowledged": 2,
    "signed_up": 4 + 2 + 14 + 2,
    "neighbours_signed_up": 14 + 2,
    "party_members_signed_up": 5 + 1,
    "on_post": 1,
    "people_tested": 10,
    "people_missing": 36,
    "people_excused": 2,
    "samples": 10,
    "tubes": 1,
    "tubes_resulted": 1,
    "tubes_recalled": 1,
    "people_recalled": 9,
    "records_held": 1,
    "residents_locked_down": 48,
    "residents_registered": 48,
    "kits_issued": 20,
    "kit_results": 2,
    "kit_positives": 1,
}


@pytest.fixture
def night(city: SmallCity) -> SmallCity:
    live(city)
    with act_as(city.secretary):
        take_attendance(assignment=Assignment.objects.order_by("id")[0].id, present=True)
        settle_recall(recall=recalls_of(HERE)[0].id, state="sampled")
        settle_recall(recall=recalls_of(HERE)[0].id, state="released")
    return city


def values(city: SmallCity, at: datetime, area: int = HERE) -> dict[str, int]:
    with act_as(city.headquarters):
        return {v.figure.key: v.value for v in figures_at(Within(area, area, at))}


def test_as_counted_by_hand(night: SmallCity) -> None:
    found = values(night, clock.now())
    with act_as(night.secretary):
        gaps = today_of(HERE, HERE).gaps
    assert found == NIGHT | {"posts_short": sum(g.missing for g in gaps)}
    assert found["posts_short"] > 0
    assert found.keys() == FIGURES.keys()


def test_a_cut_off_before_the_evening_counts_who_lived_there_only(night: SmallCity) -> None:
    found = values(night, clock.now() - timedelta(days=1))
    assert {k: v for k, v in found.items() if v} == {"residents_registered": 48}
    early = values(night, clock.now() - timedelta(days=31))
    assert set(early.values()) == {0}


def test_another_place_has_none_of_it(night: SmallCity) -> None:
    assert {k: v for k, v in values(night, clock.now(), THERE).items() if v} == {}


def test_some_figures_only_in_the_order_asked(night: SmallCity) -> None:
    keys = ["tubes", "samples"]
    with act_as(night.headquarters):
        found = figures_at(Within(HERE, HERE, clock.now()), keys)
    assert [v.figure.key for v in found] == keys


def test_a_page_asks_once_which_rounds_are_the_newest(night: SmallCity) -> None:
    with act_as(night.headquarters), CaptureQueriesContext(connection) as asked:
        figures_at(Within(HERE, HERE, clock.now()))
    newest = [q for q in asked if "DISTINCT ON" in q["sql"] and "screening_round" in q["sql"]]
    assert len(newest) == 1
    assert len(asked) <= len(FIGURES) + 3


def test_who_says_they_came_is_missing_as_in_coverage(night: SmallCity) -> None:
    """Nothing was found out: they are looked for again."""
    with act_as(night.secretary):
        round_ = rounds_of(low=HERE, high=HERE)[0]
        person = night.residents[30]
        note_absence(round_id=round_.id, person=person, outcome="came")
        missing = coverage_total(round_.id).missing
    found = values(night, clock.now())
    assert (found["people_missing"], found["people_excused"]) == (missing, 2) == (36, 2)


def test_each_says_in_two_languages_what_it_is_and_people_are_not_samples() -> None:
    for key, each in FIGURES.items():
        assert each.key == key
        assert each.zh != each.en
        assert each.definition_zh.endswith("。")
        assert each.definition_en.endswith(".")
        assert each.rows.startswith("desk-")
    assert FIGURES["samples"].unit != FIGURES["people_tested"].unit != FIGURES["tubes"].unit


def test_today_says_what_waits(night: SmallCity) -> None:
    with act_as(night.secretary):
        found = today_of(HERE, HERE)
    assert found.call is not None
    assert (found.call.bodies, found.call.acknowledged) == (4, 2)
    assert found.coverage is not None
    assert (found.coverage.tested, found.coverage.missing) == (10, 36)
    assert (found.doubtful_rows, found.doubtful_entries) == (0, 1)
    assert (found.held_records, found.open_recalls, found.no_shows) == (1, 10, 0), "a kit too"
    assert found.held_changes == 3, "a change, a closing, a word from a door"
    assert found.kit_words == 2, "a second lot at a door, a positive of nobody"
    assert found.round is not None
    assert found.bulletin is not None
    with act_as(night.secretary):
        take_attendance(assignment=Assignment.objects.order_by("id")[1].id, present=False)
        assert today_of(HERE, HERE).no_shows == 1
    with act_as(night.other_secretary):
        empty = today_of(THERE, THERE)
    assert (empty.call, empty.round, empty.coverage, empty.bulletin) == (None, None, None, None)
