"""muster.protocols.experience: marks before counts, and when the count binds a plan."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.protocols.covering import Roles, covered
from muster.protocols.experience import Crew, Ground, Relaxed, Standing, crew, standing, turns

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


A, B, BOTH = frozenset("a"), frozenset("b"), frozenset("ab")


@pytest.mark.parametrize(
    ("people", "wanted", "counted"),
    [
        ([(NEW, A, 0)] * 3, {A: 1}, False),
        ([(OLD, A, 1), (NEW, A, 0)], {A: 1}, True),
        ([(OLD, A, 1), (NEW, A, 0)], {A: 2}, False),
        ([(OLD, A, 1), (OLD, A, 1), (NEW, A, 0)], {A: 2}, True),
        ([(OLD, A, 0), (NEW, A, 0)], {A: 1}, False),
        ([(OLD, B, 2), (NEW, A, 0)], {A: 1}, False),
        ([(OLD, A, 2), (MARKED, A, 0)], {A: 1}, False),
        ([(OLD, A, 2), (NEW, A, 0)], {}, False),
    ],
)
def test_the_count_binds_where_the_experienced_suffice(
    people: list[tuple[Standing, Roles, int]], wanted: dict[Roles, int], counted: bool
) -> None:
    assert crew(people, wanted).counted is counted


def test_a_crew_in_figures() -> None:
    people = [(OLD, A, 2), (OLD, A, 0), (NEW, A, 0), (MARKED, A, 0)]
    assert crew(people, {A: 2}) == Crew(True, experienced=1, turns=2, wanted=2, new=1)


def test_a_role_without_experienced_people_leaves_the_others_guided() -> None:
    found = crew([(OLD, A, 2), (NEW, BOTH, 0)], {A: 2, B: 3})
    assert (found.counted, found.lenient) == (True, B)
    assert found.relaxed == (Relaxed("b", experienced=0, covered=0, wanted=3),)
    assert (found.binds("a"), found.binds("b")) == (True, False)


def test_who_guides_at_a_place_does_so_for_all_roles_there() -> None:
    found = crew([(OLD, A, 2), (NEW, B, 0)], {BOTH: 2})
    assert (found.counted, found.relaxed) == (True, ())
    # One of the places of the other role is elsewhere.
    found = crew([(OLD, A, 2), (NEW, B, 0)], {BOTH: 2, B: 1})
    assert found.relaxed == (Relaxed("b", experienced=1, covered=2, wanted=3),)


def test_who_guides_one_role_is_not_counted_for_another_as_well() -> None:
    found = crew([(OLD, BOTH, 3), (NEW, BOTH, 0)], {A: 2, B: 2})
    assert found.relaxed == (Relaxed("b", experienced=1, covered=1, wanted=2),)


def test_where_all_are_relaxed_the_count_binds_nothing() -> None:
    found = crew([(OLD, A, 1), (NEW, BOTH, 0)], {A: 2, B: 2})
    assert (found.counted, found.lenient, len(found.relaxed)) == (False, frozenset(), 2)
    assert not found.binds("a")


@given(
    old=st.lists(st.tuples(st.frozensets(st.sampled_from("abc")), st.integers(0, 3)), max_size=6),
    wanted=st.dictionaries(
        st.frozensets(st.sampled_from("abc"), min_size=1), st.integers(1, 4), min_size=1
    ),
)
def test_the_roles_that_are_bound_can_all_be_guided_and_no_further_one(
    old: list[tuple[Roles, int]], wanted: dict[Roles, int]
) -> None:
    found = crew([*((OLD, *each) for each in old), (NEW, A, 0)], wanted)
    able: Counter[Roles] = Counter()
    for roles, many in old:
        able[roles] += many
    free = {each.role for each in found.relaxed}
    bound = {role for kind in wanted for role in kind} - free
    assert found.counted is bool(bound)
    for more in ("", *free):
        places = {kind: n for kind, n in wanted.items() if kind & (bound | {more})}
        assert (covered(able, places) == sum(places.values())) is (not more)
    assert all(0 <= each.covered < each.wanted for each in found.relaxed)


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
