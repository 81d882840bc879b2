"""The text format, whole and broken."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.planner.stations.errors import BadInstance
from muster.planner.stations.problem import Cover, Request
from muster.planner.stations.reading import read_instance
from tests.planner.stations.crews import instance

GOOD = """# a comment
SECTION_HORIZON
14

SECTION_SHIFTS
E,480,
L,600,E
SECTION_STAFF
A,E=14|L=0,4320,3360,5,2,2,1
SECTION_DAYS_OFF
A,0,13
SECTION_SHIFT_ON_REQUESTS
A,2,E,2
SECTION_SHIFT_OFF_REQUESTS
A,3,L,1
SECTION_COVER
0,E,5,100,1
"""


def test_a_whole_instance() -> None:
    problem = read_instance(GOOD.replace("\n", "\r\n"))
    (member,) = problem.members
    assert (problem.days, problem.shifts[1].forbids) == (14, {"E"})
    assert (member.max_shifts, member.days_off) == ({"E": 14, "L": 0}, {0, 13})
    assert (member.max_minutes, member.min_minutes, member.max_weekends) == (4320, 3360, 1)
    assert (member.max_run, member.min_run, member.min_off) == (5, 2, 2)
    assert problem.requests == (Request("A", 2, "E", 2, True), Request("A", 3, "L", 1, False))
    assert problem.covers == (Cover(0, "E", 5, 100, 1),)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("A,2,E,2", "A,two,E,2", "line 13 (SHIFT_ON_REQUESTS): Day is 'two'; write a whole number"),
        ("A,2,E,2", "A,2,E", "3 fields; write EmployeeID, Day, ShiftID, Weight"),
        ("E=14|L=0", "E=14|L", "MaxShifts has 'L'; write shift=number"),
        ("A,0,13", "Z,0,13", "EmployeeID Z is not in STAFF"),
        ("SECTION_COVER\n0,E,5,100,1\n", "", "SECTION_COVER is missing; is the file cut off?"),
        ("14\n\n", "14\n28\n", "SECTION_HORIZON has 2 lines"),
        ("# a comment", "14", "stands before any SECTION_"),
        ("SECTION_DAYS_OFF", "SECTION_LEAVE", "SECTION_LEAVE is unknown"),
        ("0,E,5,100,1", "99,E,5,100,1", "cover of E on day 99"),
        ("A,3,L,1", "B,3,L,1", "request of B for L on day 3"),
        ("4320,3360", "3360,4320", "minutes 4320 to 3360"),
        ("5,2,2,1", "1,2,2,1", "2 to 1 shifts in a row"),
        ("L,600,E", "L,600,N", "shift type L forbids N"),
        ("L,600,E", "E,600,E", "shift type E is given 2 times"),
        ("A,0,13", "A,0,14", "member A is off on day 14"),
    ],
)
def test_what_is_wrong_is_told_with_its_mend(old: str, new: str, told: str) -> None:
    assert old in GOOD
    with pytest.raises(BadInstance) as caught:
        read_instance(GOOD.replace(old, new, 1))
    assert told in str(caught.value)


def test_all_faults_are_told_at_once() -> None:
    broken = GOOD.replace("A,2,E,2", "Q,99,E,2").replace("0,E,5,", "0,X,5,").replace("0,13", "0,77")
    with pytest.raises(BadInstance) as caught:
        read_instance(broken)
    assert len(caught.value.data["faults"]) == 4


@given(st.text(max_size=200) | st.integers(0, len(GOOD)).map(lambda n: GOOD[:n]))
def test_nothing_but_a_clear_error_comes_out_of_nonsense(text: str) -> None:
    with suppress(BadInstance):
        read_instance(text)


def test_a_public_instance() -> None:
    problem = read_instance(instance(1))
    assert (problem.days, len(problem.members), len(problem.covers)) == (14, 8, 14)
