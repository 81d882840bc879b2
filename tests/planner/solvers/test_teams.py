"""muster.planner.solvers.teams: sizes, leaders, vanguards, as the model has them."""

import pytest

from muster.planner.solvers.teams import split
from muster.planner.teams.errors import BadGroup
from tests.planner.teams.test_splitting import group


@pytest.mark.parametrize("people", [7, 20])
def test_every_team_has_a_leader_of_its_own_and_an_equal_share(people: int) -> None:
    wanted = group(people, 3, people)
    found = split(wanted, 10.0)
    sizes = [list(found.team).count(k) for k in range(3)]
    assert max(sizes) - min(sizes) <= 1
    assert len(set(found.leader)) == 3
    assert wanted.members[found.leader[0]].party
    assert all(wanted.members[i].leads for i in found.leader)


def test_too_little_time_is_not_told_as_a_contradiction() -> None:
    with pytest.raises(BadGroup, match="give more time"):
        split(group(300, 12, 1), 1e-6)
