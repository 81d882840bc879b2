"""Tables open when every role has its minimum."""

from hypothesis import given
from hypothesis import strategies as st

from muster.policies import load
from muster.rounds.planning import plan_round
from muster.rounds.staffing import everybody, shut, tables_open
from tests.rounds.areas import area

POLICY = load("2022-04")


def test_own_people_alone_open_eight_of_seventeen() -> None:
    """8 tables: 8 recorders, 8 for order, 4 runners, 3 guides are 23; with 22 only seven."""
    assert tables_open(POLICY, {"any": 22}, 17, 3) == 7
    assert tables_open(POLICY, {"any": 23}, 17, 3) == 8
    assert tables_open(POLICY, {"any": 102}, 17, 3) == 17


def test_medical_teams_come_with_the_tables_unless_they_are_counted() -> None:
    assert tables_open(POLICY, {"any": 99, "sampler": 5}, 17, 3) == 5
    assert tables_open(POLICY, {"any": 99, "sampler": 0}, 17, 3) == 0


def test_nobody_opens_nothing() -> None:
    assert tables_open(POLICY, {}, 17, 3) == 0


@given(st.dictionaries(st.integers(0, 5), st.integers(1, 9), min_size=1), st.integers(0, 60))
def test_the_largest_sites_give_first(sizes: dict[int, int], count: int) -> None:
    count = min(count, sum(sizes.values()))
    left = shut(sizes, count)
    assert sum(left.values()) == count
    assert all(0 <= left[site] <= sizes[site] for site in sizes)


def test_everybody_with_and_without_neighbours() -> None:
    plan = plan_round(area(2, tables=1, staff={"any": 2, "order": 1}, neighbours={"order": 3}))
    assert everybody(plan, neighbours=True) == {"any": 2, "order": 4}
    assert everybody(plan, neighbours=False) == {"any": 2, "order": 1}
