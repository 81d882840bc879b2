"""The compiled site is what SimPy's processes do, person by person."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.simulate.lanes import (
    IN_TUBE,
    REGISTER,
    REGISTERED,
    SWAB,
    SWABBED,
    TUBES,
    Crowd,
    Desks,
    Rules,
    enter_tube,
    through_site,
)
from muster.simulate.pauses import desks_of
from muster.simulate.round import Manner, Site, Table, Trouble
from tests.simulate.reference import SiteReference

MANNER = Manner(
    registration=(20, 40), swab=30, swab_spread=0.25, between=6, at_once=1, tube_size=10,
    tube_open=5, tube_close=15, no_show=0.05, walk_in=0.02, unknown=10, late_spread=4,
    pause_every=0, pause_minutes=10, suit_hours=0, suit_minutes=30, rain_factor=1.5,
    failure_minutes=60, queue_space=200,
)  # fmt: skip


def crowd(seed: int, people: int, over: float, *, alone: float = 0.0) -> Crowd:
    """`people` in households of one to four over `over` minutes; no two moments are equal."""
    random = np.random.default_rng(seed)
    household = np.sort(random.integers(0, max(1, people // 2), people))
    time_of = random.uniform(0, over, people)
    came = time_of[household]
    order = np.lexsort((household, came))
    own = random.random(people) < alone
    return Crowd(
        came[order], household[order], own[household[order]].astype(np.int64),
        random.uniform(0.3, 0.7, people), random.gamma(16, 0.6 / 16, people),
    )  # fmt: skip


def desks(
    tables: Sequence[tuple[int, int]], manner: Manner = MANNER, **trouble: tuple[int, float]
) -> Desks:
    """Tables with (recorders, samplers)."""
    made = tuple(Table(n + 1, r, s, opens=5.0 * n) for n, (r, s) in enumerate(tables))
    return desks_of(Site("site", made), manner, Trouble(fails=tuple(trouble.values())))


def rules(rain: tuple[float, float] = (-1, -1)) -> Rules:
    return Rules(10, 5 / 60, 15 / 60, *rain, 1.5, 0.61)


def compare(people: Crowd, tables: Desks, how: Rules) -> None:
    theirs = SiteReference(Crowd(*(each.copy() for each in people)), tables, how)
    state, _ = through_site(people, tables, how)
    assert state.where.tolist() == theirs.where.tolist()
    assert state.passed == pytest.approx(theirs.passed, abs=1e-6)


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    people=st.integers(1, 150),
    tables=st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), min_size=1, max_size=4),
    over=st.sampled_from([1.0, 30.0, 120.0]),
    alone=st.sampled_from([0.0, 0.4, 1.0]),
)
def test_everybody_passes_as_in_simpy(
    seed: int, people: int, tables: list[tuple[int, int]], over: float, alone: float
) -> None:
    compare(crowd(seed, people, over, alone=alone), desks(tables), rules((10.0, 40.0)))


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), at=st.floats(1.0, 60.0))
def test_a_table_that_fails_sends_its_line_to_the_others(seed: int, at: float) -> None:
    compare(crowd(seed, 150, 60.0), desks([(1, 1)] * 3, t=(2, at)), rules())


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_pauses_and_changes_of_suit_are_kept(seed: int) -> None:
    from dataclasses import replace

    tired = replace(MANNER, pause_every=0.4, pause_minutes=5, suit_hours=0.9, suit_minutes=11)
    compare(crowd(seed, 150, 100.0), desks([(1, 1)] * 2, tired), rules())


def test_a_failed_table_registers_nobody_while_it_is_out() -> None:
    state, sent_by = through_site(crowd(3, 300, 40.0), desks([(1, 1)] * 3, t=(1, 30.0)), rules())
    begun = state.passed[state.where == 0, REGISTER]
    assert not ((begun >= 30) & (begun < 90)).any()
    assert (sent_by == 0).any()
    assert (state.passed[sent_by == 0, REGISTER] >= 31).all()


def test_each_moment_follows_the_one_before() -> None:
    people = crowd(4, 400, 60.0)
    state, _ = through_site(people, desks([(1, 1), (2, 2)]), rules())
    moments = np.column_stack([people.came, state.passed])
    assert (np.diff(moments, axis=1) >= 0).all()
    assert (state.passed[:, SWABBED] > state.passed[:, SWAB]).all()
    assert (state.passed[:, REGISTERED] > state.passed[:, REGISTER]).all()


def test_tubes_hold_ten_and_the_last_is_short() -> None:
    people = crowd(5, 95, 30.0)
    state, _ = through_site(people, desks([(1, 1), (1, 1)]), rules())
    per_table = np.bincount(state.where, minlength=2)
    assert state.counts[:, TUBES].tolist() == [-(-n // 10) for n in per_table]
    assert state.counts[:, IN_TUBE].tolist() == [n % 10 for n in per_table]


def test_a_household_has_a_tube_of_its_own() -> None:
    people = crowd(6, 60, 30.0, alone=1.0)
    state, _ = through_site(people, desks([(1, 1)]), rules())
    assert state.counts[0, TUBES] == len(set(people.household.tolist()))


@given(st.lists(st.integers(1, 14), min_size=1, max_size=8))
def test_a_large_household_takes_a_second_tube(sizes: list[int]) -> None:
    count = np.zeros(11, np.int64)
    count[7] = -1
    opened = [enter_tube(count, h, True, 10)[0] for h, n in enumerate(sizes) for _ in range(n)]
    assert sum(opened) == sum(-(-n // 10) for n in sizes)
