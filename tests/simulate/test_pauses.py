"""Who is away when."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from muster.simulate.pauses import desks_of, merged, pauses_of, places_of, working
from muster.simulate.round import Site, Table, Trouble
from tests.simulate.rounds import manner

PIECES = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 9)), max_size=12)


@given(PIECES)
def test_merged_pieces_are_the_same_minutes(pieces: list[tuple[int, int]]) -> None:
    away = [(float(a), float(a + n)) for a, n in pieces]
    wanted = {m for a, n in pieces for m in range(a, a + n)}
    found = merged(away)
    assert {m for a, b in found for m in range(int(a), int(b))} == wanted
    assert all(b < c for (_, b), (c, _) in itertools.pairwise(found))


def test_a_suit_is_changed_after_the_policys_hours() -> None:
    how = manner(pause_every=0)
    first, second, *_ = pauses_of(how, 0.0, 0.0)
    assert first == (how.suit_hours * 60, how.suit_hours * 60 + how.suit_minutes)
    assert second[0] - first[1] == how.suit_hours * 60


def test_nobody_is_in_a_suit_longer_than_the_policy_allows() -> None:
    how = manner(pause_every=0)
    for shift in np.linspace(0, 1, 5):
        away = pauses_of(how, 100.0, float(shift))
        ends = [100.0, *(b for _, b in away)]
        spans = [a - end for end, (a, _) in zip(ends, away, strict=False)]
        assert max(spans) <= how.suit_hours * 60 + 1e-9


def test_two_samplers_of_whom_one_swabs_relieve_each_other() -> None:
    how = manner()
    desks = desks_of(Site("s", (Table(1, 1, 2), Table(2, 1, 1))), how, Trouble())
    assert places_of(Table(1, 1, 2), how) == 1
    assert desks.sampler_at[0, 0] == desks.sampler_at[0, 1]
    assert desks.sampler_at[1, 0] < desks.sampler_at[1, 1]


def test_the_first_pauses_of_a_site_are_not_at_once() -> None:
    site = Site("s", tuple(Table(n, 1, 2) for n in range(1, 6)))
    desks = desks_of(site, manner(), Trouble())
    firsts = [desks.pauses[at[0], 0] for at in desks.recorder_at]
    assert len(set(firsts)) == 5


def test_a_table_that_fails_is_back_later() -> None:
    how = manner(pause_every=0, suit_hours=0)
    site = Site("s", (Table(7, 2, 2), Table(8, 1, 2)))
    desks = desks_of(site, how, Trouble(fails=((7, 120.0),)))
    assert desks.fails.tolist() == [[120, 180], [np.inf, np.inf]]
    assert desks.pauses.tolist() == [[120, 180], [120, 180]]


def test_working_minutes_are_counted_from_the_opening() -> None:
    assert working(Table(1, 2, 2, opens=30), manner(), 90) == (120, 60)
    assert working(Table(1, 2, 2, opens=30), manner(), 0) == (0, 0)
