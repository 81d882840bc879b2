"""muster.protocols.experience: marks before counts, and when the count binds a plan."""

from datetime import UTC, datetime, timedelta

import pytest

from muster.protocols.experience import Crew, Ground, Standing, crew, standing, turns

DAY = datetime(2022, 4, 3, tzinfo=UTC)
REST = timedelta(hours=8)


@pytest.mark.parametrize(
    ("marked", "served", "ground", "newcomer", "counted"),
    [
        (None, 0, Ground.NOT_YET, False, True),
        (None, 1, Ground.NOT_YET, False, True),
        (None, 2, Ground.SERVED, False, False),
        (True, 0, Ground.MARKED_EXPERIENCED, False, False),
        (False, 9, Ground.MARKED_NEW, True, True),
    ],
)
def test_a_mark_holds_over_the_count(
    marked: bool | None, served: int, ground: Ground, newcomer: bool, counted: bool
) -> None:
    found = standing(marked=marked, served=served, shifts=2)
    assert found == Standing(ground, served)
    assert found.newcomer(counted=False) is newcomer
    assert found.newcomer(counted=True) is counted
    assert found.experienced is (ground in (Ground.SERVED, Ground.MARKED_EXPERIENCED))


def test_nobody_is_new_where_no_shift_is_asked() -> None:
    assert standing(marked=None, served=0, shifts=0).experienced


OLD, NEW = Standing(Ground.SERVED, 3), Standing(Ground.NOT_YET)
MARKED = Standing(Ground.MARKED_NEW)


@pytest.mark.parametrize(
    ("people", "wanted", "counted"),
    [
        ([(NEW, 0)] * 3, 1, False),
        ([(OLD, 1), (NEW, 0)], 1, True),
        ([(OLD, 1), (NEW, 0)], 2, False),
        ([(OLD, 1), (OLD, 1), (NEW, 0)], 2, True),
        ([(OLD, 0), (NEW, 0)], 1, False),
        ([(OLD, 2), (MARKED, 0)], 1, False),
        ([(OLD, 2), (NEW, 0)], 0, False),
    ],
)
def test_the_count_binds_where_the_experienced_suffice(
    people: list[tuple[Standing, int]], wanted: int, counted: bool
) -> None:
    assert crew(people, wanted).counted is counted


def test_a_crew_in_figures() -> None:
    people = [(OLD, 2), (OLD, 0), (NEW, 0), (MARKED, 0)]
    assert crew(people, 2) == Crew(True, experienced=1, turns=2, wanted=2, new=1)


def span(hour: int, hours: int = 4) -> tuple[datetime, datetime]:
    return DAY + timedelta(hours=hour), DAY + timedelta(hours=hour + hours)


@pytest.mark.parametrize(
    ("spans", "many"),
    [
        ([], 0),
        ([span(0)], 1),
        ([span(0), span(2)], 1),
        ([span(0), span(11)], 1),
        ([span(0), span(12)], 2),
        ([span(24 * day) for day in range(7)], 5),
        ([span(24 * day) for day in range(14)], 10),
    ],
)
def test_turns_of_one_person(spans: list[tuple[datetime, datetime]], many: int) -> None:
    assert turns(spans, REST, 5) == many
