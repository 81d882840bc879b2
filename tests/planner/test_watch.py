"""muster.planner.watch: a search tells how good it is, and ends soon when told to."""

import time
from threading import Event

from muster.planner import Watch, solve
from muster.planner.city.incumbent import Incumbent
from muster.planner.teams.splitting import split
from tests.planner.teams.test_splitting import group
from tests.planner.test_planning import seven_days

LONG, SOON = 300.0, 30.0


def test_a_stopped_split_keeps_the_best_so_far() -> None:
    stop, told = Event(), list[Incumbent]()
    stop.set()
    started = time.monotonic()
    found = split(group(500, 10, 3), LONG, Watch(told.append, stop))
    assert time.monotonic() - started < SOON
    assert sorted(list(found.team).count(k) for k in range(10)) == [50] * 10
    assert told
    assert all(each.bound <= each.cost + 1e-6 for each in told)
    assert min(each.cost for each in told) <= found.cost + 1.0


def test_a_large_group_tells_the_bound_of_its_prices() -> None:
    told = list[Incumbent]()
    found = split(group(600, 20, 3), 4.0, Watch(told.append))
    assert {each.bound for each in told} == {found.bound}


def test_a_stopped_plan_keeps_the_best_so_far() -> None:
    stop = Event()
    stop.set()
    started = time.monotonic()
    assert solve(seven_days(), LONG, Watch(stop=stop)).assignments
    assert time.monotonic() - started < SOON
