"""The bound against every way to split a tiny group, and against what was found in a large one."""

import numpy as np
import pytest

from muster.planner.teams.bounding import ENUMERATED, priced
from tests.planner.teams.test_pairs import every
from tests.planner.teams.test_splitting import group


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("teams", [1, 2, 3])
def test_no_split_costs_less(seed: int, teams: int) -> None:
    small = group(8, max(2, teams), seed)
    legal = every(small)
    found = priced(small, 5.0)
    assert found.bound <= min(legal, default=np.inf) + 1e-6
    assert found.costs.shape == (8, len(small.teams))


def test_a_unit_larger_than_is_gone_through_is_bounded_in_parts() -> None:
    from dataclasses import replace

    whole = group(9, 2, 3)
    assert len(whole.members) > ENUMERATED
    one = replace(whole, members=[replace(m, unit="u") for m in whole.members])
    assert 0 < priced(one, 5.0).bound <= min(every(one)) + 1e-6


def test_in_no_time_there_is_a_bound_all_the_same() -> None:
    assert np.isfinite(priced(group(40, 4, 1), 0.0).bound)
