"""Records as a phone sends them, for the small city."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import psycopg
import pytest

from muster.apps.audit.actions import act_as
from muster.apps.screening.actions import Record
from muster.kernel import clock
from muster.kernel.ids import new_id
from tests.support.city import OpenRound, SmallCity, build_city, open_small_round

TUBE = "LC0000000001"


@pytest.fixture
def round_(city: SmallCity) -> OpenRound:
    """A round over both estates with two tables, a phone at each."""
    with act_as(city.secretary):
        return open_small_round(city)


@pytest.fixture
def night(committed: psycopg.Connection) -> tuple[SmallCity, OpenRound]:
    """A small city with such a round, committed, as in life."""
    city = build_city()
    with act_as(city.secretary):
        return city, open_small_round(city)


def record(person: UUID | None, tube: str = TUBE, **more: Any) -> Record:
    """One person into one tube."""
    return Record(new_id(), tube, clock.now(), person, **more)


def tube_of(persons: Sequence[UUID], tube: str = TUBE) -> list[Record]:
    """A tube of people."""
    return [record(p, tube) for p in persons]
