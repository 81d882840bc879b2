"""`muster.apps.calls.queries.lists`: what the desk lists of calls."""

from typing import Any

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.calls.queries.lists import (
    calls_reaching,
    newest_calls,
    nodes_below,
    reports_of_units,
    reports_within,
    settled_entries,
    signups_within,
    version_of,
)
from muster.kernel.ids import new_id
from tests.support.city import HERE, OFFICE, THERE, SmallCity
from tests.support.life import live


@pytest.fixture
def lived(city: SmallCity) -> tuple[SmallCity, dict[str, Any]]:
    return city, live(city)


def test_sign_ups_are_filtered(lived: tuple[SmallCity, dict[str, Any]]) -> None:
    with act_as(lived[0].secretary):
        found = signups_within(low=HERE, high=HERE)
        assert found.count() >= 16
        assert {s.source for s in signups_within(low=HERE, high=HERE, source="chain")} == {"chain"}
        assert {s.state for s in signups_within(low=HERE, high=HERE, state="reserve")} == {
            "reserve"
        }
        assert signups_within(low=HERE, high=HERE, text="杨六").count() == 1
        assert all(
            s.role == "guide" or "guide" in s.roles
            for s in signups_within(low=HERE, high=HERE, role="guide")
        )
        assert not signups_within(low=THERE, high=THERE).exists()


def test_calls_and_their_bodies(lived: tuple[SmallCity, dict[str, Any]]) -> None:
    with act_as(lived[0].headquarters):
        (call,) = newest_calls()
        assert calls_reaching(OFFICE) == [call]
        assert nodes_below(call.id, OFFICE, OFFICE + 999_999).count() == 1


def test_reports_of_either_side(lived: tuple[SmallCity, dict[str, Any]]) -> None:
    with act_as(lived[0].secretary):
        assert reports_within(low=HERE, high=HERE).count() == 1
    with act_as(lived[0].contact):
        assert not reports_of_units(low=OFFICE, high=OFFICE + 999_999).exists()


def test_versions_and_entries_by_hand(lived: tuple[SmallCity, dict[str, Any]]) -> None:
    with act_as(lived[0].secretary):
        version = lived[1]["pasted"].versions[0]
        assert version_of(version.id) == version
        assert version_of(new_id()) is None
        assert {e.state for e in settled_entries(HERE)} <= {"dismissed", "settled"}
