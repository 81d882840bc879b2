"""What a run leaves behind adds up."""

from dataclasses import replace

import numpy as np
import pytest

from muster.simulate.round import Trouble
from muster.simulate.tallies import Tally, rules_of
from tests.simulate.rounds import manner, night


def test_every_person_is_counted_once() -> None:
    tally = Tally(night(600, (3,)), 0)
    tally.add(np.random.default_rng(1))
    figures = tally.figures()
    assert figures.shape == (1, 3, 6)
    assert figures[0, :, 0].sum() == len(tally.runs[0].came) == len(tally.waits(0))
    assert figures[0, :, 1].max() == tally.finishes()[0]
    assert ((figures[0, :, 2:4] > 0) & (figures[0, :, 2:4] <= 1)).all()


def test_the_area_under_the_lines_is_the_time_waited() -> None:
    round_ = replace(night(600, (2,), 1.3), trouble=Trouble(fails=((1, 60.0),)))
    tally = Tally(round_, 0)
    tally.add(np.random.default_rng(2))
    step = 0.05
    times = np.arange(0, tally.finishes()[0], step) + step / 2
    area = tally.lines(times).sum() * step
    moved = tally.moved()[0]
    assert moved > 0
    walking = moved * 1.0  # a minute between two tables is in no line
    assert area + walking == pytest.approx(tally.waits(0).sum(), rel=0.01)


def test_tubes_of_ten_and_short_ones() -> None:
    tally = Tally(night(600, (2,)), 0)
    tally.add(np.random.default_rng(3))
    people = tally.figures()[0, :, 0]
    assert tally.tubes()[0] == np.ceil(people / 10).sum()
    assert tally.short_tubes()[0] == (people % 10 > 0).sum()


def test_a_table_nobody_came_to_was_not_busy() -> None:
    tally = Tally(night(1, (2,), how=manner(no_show=0, walk_in=0)), 0)
    tally.add(np.random.default_rng(4))
    assert sorted(tally.figures()[0, :, 0]) == [0, 1]
    assert np.isfinite(tally.figures()).all()


def test_dry_weather_slows_nobody() -> None:
    dry = rules_of(night(100, (1,)))
    assert dry.rain_until < 0
    wet = rules_of(replace(night(100, (1,)), trouble=Trouble(rain=(60, 120))))
    assert (wet.rain_from, wet.rain_until) == (60, 120)
