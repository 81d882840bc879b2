"""Who comes is who was called, less the absent, and some who were not."""

import numpy as np
import pytest

from muster.simulate.crowds import called_to, crowd_of, swabs
from tests.simulate.rounds import manner, night


def test_everybody_called_to_a_site_has_a_household_and_a_time() -> None:
    round_ = night(900, (2, 1))
    calls = [c for c in round_.calls if c.site == 0]
    called = called_to(round_, 0)
    assert len(called.due) == sum(c.people for c in calls)
    assert called.households == sum(c.households for c in calls) == called.household.max() + 1
    assert sorted(set(called.due)) == sorted({c.minute + c.walk for c in calls})


def test_nobody_is_late_or_absent_when_the_manner_says_so() -> None:
    how = manner(no_show=0, walk_in=0, late_spread=0)
    called = called_to(night(300, (1,), how=how), 0)
    crowd = crowd_of(called, how, np.random.default_rng(1))
    assert crowd.came.tolist() == sorted(called.due)
    assert (np.diff(crowd.came) >= 0).all()


def test_households_come_together() -> None:
    how = manner(walk_in=0)
    crowd = crowd_of(called_to(night(900, (2,), how=how), 0), how, np.random.default_rng(2))
    for household in set(crowd.household.tolist()):
        assert len(set(crowd.came[crowd.household == household].tolist())) == 1


def test_the_share_that_stays_away_and_that_comes_uncalled() -> None:
    how = manner(no_show=0.2, walk_in=0.1)
    called = called_to(night(6000, (4,), how=how), 0)
    crowd = crowd_of(called, how, np.random.default_rng(3))
    strangers = (crowd.household >= called.households).sum()
    assert strangers / len(called.due) == pytest.approx(0.1, abs=0.02)
    assert (len(crowd.came) - strangers) / len(called.due) == pytest.approx(0.8, abs=0.03)
    assert crowd.register[crowd.household >= called.households].min() >= 30 / 60


def test_a_swab_takes_what_the_policy_says_on_average() -> None:
    drawn = swabs(manner(), 100_000, np.random.default_rng(4))
    assert drawn.mean() * 60 == pytest.approx(36, rel=0.01)
    assert drawn.std() * 60 == pytest.approx(30 * 0.25, rel=0.02)
    assert set(swabs(manner(swab_spread=0), 3, np.random.default_rng(4))) == {36 / 60}
