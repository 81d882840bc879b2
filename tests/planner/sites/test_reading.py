"""Graphs of the OR-Library are read as their page says."""

import numpy as np
import pytest

from muster.planner.sites.errors import BadGraph, BadSites
from muster.planner.sites.reading import read_instance, shortest


def test_the_last_length_of_an_edge_counts() -> None:
    problem = read_instance("3 3 1\n1 2 5\n2 3 4\n2 1 7\n")
    assert problem.distance.tolist() == [[0, 7, 11], [7, 0, 4], [11, 4, 0]]
    assert problem.sites == 1


def test_a_way_over_others_may_be_shorter() -> None:
    lengths = np.array([[0, 9, 2], [9, 0, 3], [2, 3, 0]], dtype=float)
    assert shortest(lengths)[0, 1] == 5
    assert lengths[0, 1] == 9


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("3 1 1\n1 2 x", "whole numbers"),
        ("", "whole numbers"),
        ("3 2 1\n1 2 3", "2 edges are promised, 1 are there"),
        ("3 1 1\n1 4 3", "outside of 1 to 3"),
    ],
)
def test_what_is_no_graph_is_refused(text: str, reason: str) -> None:
    with pytest.raises(BadGraph, match=reason):
        read_instance(text)


def test_a_graph_in_two_pieces_is_refused() -> None:
    with pytest.raises(BadSites, match="reached"):
        read_instance("3 1 1\n1 2 3")
