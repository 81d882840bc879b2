"""muster.planner.solvers.repair.ahead: how far a post is, as asking everybody says."""

import math
from collections.abc import Iterator
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.planner.city.problem import OPEN, SEALED, CityProblem
from muster.planner.solvers.repair import Job, look_ahead
from muster.planner.solvers.repair.shifts import FREE, extra, fits, put, saved, take
from tests.planner.city.cases import cities, km
from tests.planner.solvers.repair.steps import half_filled


def slow_far(city: CityProblem, job: Job, slot: int) -> list[float]:
    """As `look_ahead` says it: by asking everybody for every line, until nothing comes nearer."""
    far = [
        float(saved(job.city, int(n) - 1, line, slot)) if n else math.inf
        for line, n in enumerate(job.state.present[:, slot])
    ]
    moves = [move for person in range(city.people) for move in slow_moves(city, job, person, slot)]
    for _ in far:
        for now, line, cost in moves:
            far[line] = min(far[line], cost + (0.0 if now == FREE else far[now]))
    return far


def slow_moves(
    city: CityProblem, job: Job, person: int, slot: int
) -> Iterator[tuple[int, int, float]]:
    """From which line the person could come to which, and for how much more."""
    state = job.state
    now, told = int(state.plan[person, slot]), state.told[person]
    stays = 0.0
    if now != FREE:
        take(state, person, slot)
        stays = extra(job.city, state, person, now, slot)
    if fits(job.city, state, person, slot):
        for line in np.flatnonzero(city.required[:, slot]).tolist():
            if line != now and may_serve(city, person, line):
                cost = extra(job.city, state, person, line, slot)
                yield now, line, cost if now == FREE else max(cost - stays, 0.0)
    if now != FREE:
        put(state, person, now, slot)
        state.told[person] = told


def may_serve(city: CityProblem, person: int, line: int) -> bool:
    """His role, his compound and the way there allow it."""
    place, home, role = city.line_place[line], city.person_home[person], city.line_role[line]
    if not city.person_roles[person] >> role & 1:
        return False
    if home == place:
        return True
    open_ = city.compound_status[home] == OPEN and city.compound_status[place] != SEALED
    return bool(open_) and km(city, person, line) <= city.role_radius_km[role]


@settings(deadline=None, max_examples=40)
@given(cities(), st.randoms(use_true_random=False))
def test_a_post_is_as_far_as_asking_everybody_says(city: CityProblem, chance: Random) -> None:
    job, _ = half_filled(city, chance)
    slot = chance.randrange(city.slots)
    look_ahead(job)
    assert job.slots.far[slot].tolist() == pytest.approx(slow_far(city, job, slot), abs=1e-3)


@settings(deadline=None, max_examples=20)
@given(cities(), st.randoms(use_true_random=False))
def test_threads_see_the_same(city: CityProblem, chance: Random) -> None:
    job, _ = half_filled(city, chance)
    look_ahead(job)
    alone = job.slots.far.copy()
    look_ahead(job, threads=3)
    assert np.array_equal(job.slots.far, alone)
