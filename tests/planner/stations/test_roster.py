"""The grid goes out and comes back; another instance's is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.planner.stations.errors import BadRoster
from muster.planner.stations.roster import read_roster, write_roster
from tests.planner.stations.crews import crew, works


@given(st.text("EL-", max_size=14))
def test_there_and_back(text: str) -> None:
    problem = crew()
    assert read_roster(problem, write_roster(problem, works(text))) == works(text)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("member", "name", "first line"),
        ("A,E", "B,E", "member A has 0 lines; write one; line 2: no member"),
        ("A,E", "A,X", "X is not a shift type"),
        ("A,E", "A,E,E", "15 days instead of 14"),
    ],
)
def test_a_roster_for_something_else(old: str, new: str, told: str) -> None:
    problem = crew()
    with pytest.raises(BadRoster) as caught:
        read_roster(problem, write_roster(problem, works("E")).replace(old, new))
    assert told in str(caught.value)
    with pytest.raises(BadRoster):
        read_roster(crew(days=7), write_roster(problem, works("E")))
