"""A problem that contradicts itself is refused with everything that is wrong with it."""

from dataclasses import replace

import pytest

from muster.planner.stations.errors import BadInstance
from muster.planner.stations.problem import Cover, Member, StationProblem
from tests.planner.stations.crews import EARLY, crew


def test_nothing_at_all() -> None:
    with pytest.raises(BadInstance) as caught:
        StationProblem(0, (), ())
    assert len(caught.value.data["faults"]) == 3


def test_a_long_list_is_cut_in_the_message_only() -> None:
    covers = tuple(Cover(day, "X", 1, 1, 1) for day in range(30))
    with pytest.raises(BadInstance, match="and 42 more") as caught:
        replace(crew(days=14), covers=(*covers, *covers[:16]))
    assert len(caught.value.data["faults"]) == 46 + 16


def test_doubles_and_negatives() -> None:
    twice = (Member("A", 480), Member("A", 480, max_weekends=-1))
    with pytest.raises(BadInstance) as caught:
        StationProblem(7, (EARLY, replace(EARLY, id="N", minutes=0)), twice)
    assert len(caught.value.data["faults"]) == 3
