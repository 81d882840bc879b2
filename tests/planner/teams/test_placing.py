"""Teams in the midst of those who live near each other."""

import pytest

from muster.planner.teams.placing import centres


def test_two_villages_are_two_places() -> None:
    homes = [(0.0, 0.0), (0.0, 1.0), (9.0, 9.0), (9.0, 10.0)]
    assert sorted(centres(homes, 2)) == [(0.0, 0.5), (9.0, 9.5)]
    assert centres(homes, 2) == centres(homes, 2)


@pytest.mark.parametrize("teams", [1, 2, 5])
def test_one_home_for_all_is_one_place(teams: int) -> None:
    assert centres([(3.0, 4.0)] * 6, teams) == [(3.0, 4.0)] * teams
