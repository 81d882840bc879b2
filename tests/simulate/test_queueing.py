"""One pass over the arrivals is what a calendar of events would give."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.simulate.analytic import erlang_c
from muster.simulate.queueing import back_at, people_waiting, serve
from tests.simulate import reference

TIME = st.integers(0, 400).map(lambda t: t / 4)
PEOPLE = st.lists(st.tuples(TIME, TIME), max_size=40)


@settings(max_examples=60, deadline=None)
@given(people=PEOPLE, servers=st.integers(1, 5))
def test_same_arrivals_and_services_same_starts_as_simpy(
    people: list[tuple[float, float]], servers: int
) -> None:
    arrivals, services = [a for a, _ in people], [s for _, s in people]
    ours = serve(np.array(arrivals), np.array(services), servers)
    assert ours.tolist() == pytest.approx(reference.starts(arrivals, services, servers))


@settings(max_examples=60, deadline=None)
@given(people=PEOPLE, pauses=st.lists(st.tuples(TIME, st.integers(1, 40)), max_size=4))
def test_nobody_is_begun_while_the_only_server_is_away(
    people: list[tuple[float, float]], pauses: list[tuple[float, int]]
) -> None:
    away: list[tuple[float, float]] = []
    for start, length in sorted(pauses):
        if not away or start >= away[-1][1]:
            away.append((start, start + length))
    arrivals = np.array([a for a, _ in people])
    services = np.array([s for _, s in people])
    starts = serve(arrivals, services, 1, [away])
    assert all(not a <= s < b for s in starts for a, b in away)
    assert (starts >= arrivals).all()
    order = np.argsort(arrivals, kind="stable")
    assert (starts[order][1:] >= (starts + services)[order][:-1] - 1e-9).all()


def test_the_others_go_on_while_one_is_away() -> None:
    came, takes = np.zeros(4), np.full(4, 10.0)
    assert serve(came, takes, 2, [[(0.0, 15.0)], []]).tolist() == [0, 10, 15, 20]


def test_back_at_skips_pauses_that_touch() -> None:
    away = np.array([[1.0, 2.0], [2.0, 5.0]])
    assert back_at(1.5, away) == 5
    assert back_at(5.0, away) == 5


def test_a_station_needs_a_server() -> None:
    with pytest.raises(ValueError, match="server"):
        serve(np.zeros(1), np.zeros(1), 0)


@pytest.mark.parametrize(("servers", "busy"), [(1, 0.7), (4, 0.8), (17, 0.9)])
def test_the_mean_wait_is_erlangs(servers: int, busy: float) -> None:
    random: Any = np.random.default_rng(servers)
    people = 2_000_000
    arrivals = np.cumsum(random.exponential(1 / (servers * busy), people))
    starts = serve(arrivals, random.exponential(1.0, people), servers)
    wait = float((starts - arrivals).mean())
    assert wait == pytest.approx(erlang_c(servers, servers * busy).wait, rel=0.08)


def test_two_stations_in_series_are_two_alone() -> None:
    """Burke: what leaves an M/M/c queue comes to the next as if it were the first."""
    random: Any = np.random.default_rng(5)
    people = 400_000
    came = np.cumsum(random.exponential(1 / 3.2, people))
    first = random.exponential(1.0, people)
    left = serve(came, first, 4) + first
    wait = float((serve(left, random.exponential(1.0, people), 4) - left).mean())
    assert wait == pytest.approx(erlang_c(4, 3.2).wait, rel=0.08)


def test_people_waiting_counts_who_came_and_did_not_leave() -> None:
    line = np.array([0, 0, 0, 1])
    came, left = np.array([0.0, 1.0, 5.0, 1.5]), np.array([2.0, 3.0, 6.0, 9.0])
    at = np.array([0.0, 1.5, 2.5, 4.0, 5.5])
    found = people_waiting(line, came, left, at, 3)
    assert found.tolist() == [[1, 2, 1, 0, 1], [0, 1, 1, 1, 1], [0, 0, 0, 0, 0]]
