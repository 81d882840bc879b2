"""A degree is 111 km; unknown places stay unknown."""

import pytest

from muster.rounds.positions import metres


def test_points_become_metres_from_the_first() -> None:
    east, unknown, north = metres([(112.57, 37.80), None, (112.57, 37.81)])
    assert east == (0, 0)
    assert unknown is None
    assert north == pytest.approx((0, 1113.2))
    assert metres([(112.57, 37.80), (112.58, 37.80)])[1] == pytest.approx((879.6, 0), abs=1)


def test_nothing_known_stays_so() -> None:
    assert metres([None, None]) == [None, None]
