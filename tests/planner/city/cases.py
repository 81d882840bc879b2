"""Tiny cities, and a checker as slow and plain as the rules are written."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
from hypothesis import strategies as st

from muster.planner.city.generate import generate
from muster.planner.city.problem import CityProblem, Lines

EIGHT = 28
FREE = -1


def tiny(people: int = 6, seed: int = 1) -> CityProblem:
    """A few people, four compounds within reach of each other, everybody available."""
    city = generate(people, seed)
    return replace(
        city,
        compound_xy=np.array([[0.0, 0], [3, 0], [0, 4], [9, 0]]),
        compound_status=np.zeros(4, np.int8),
        person_available=np.ones((people, EIGHT), dtype=bool),
        person_roles=np.full(people, 255, np.uint16),
    )


def nobody(city: CityProblem) -> Lines:
    return np.full((city.people, city.slots), FREE, dtype=np.int32)


@st.composite
def cities(draw: st.DrawFn) -> CityProblem:
    """Tiny cities of any status, availability and roles."""
    city = tiny(draw(st.integers(1, 6)), draw(st.integers(0, 50)))
    chance = np.random.default_rng(draw(st.integers(0, 1000)))
    return replace(
        city,
        compound_status=chance.integers(0, 3, 4).astype(np.int8),
        person_available=chance.random((city.people, city.slots)) < draw(st.floats(0.2, 1)),
        person_roles=chance.integers(1, 256, city.people).astype(np.uint16),
    )


@st.composite
def plans(draw: st.DrawFn) -> tuple[CityProblem, Lines]:
    """A tiny city with any plan, most of them broken."""
    city = draw(cities())
    chance = np.random.default_rng(draw(st.integers(0, 1000)))
    plan = chance.integers(0, city.lines, (city.people, city.slots)).astype(np.int32)
    plan[chance.random(plan.shape) > draw(st.floats(0, 0.6))] = FREE
    return city, plan


def km(city: CityProblem, person: int, line: int) -> float:
    (ax, ay), (bx, by) = (
        city.compound_xy[c].tolist() for c in (city.person_home[person], city.line_place[line])
    )
    return float(((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5)


def slow_breaches(city: CityProblem, plan: Lines) -> dict[str, int]:
    """Each broken rule with its count, cell by cell."""
    found: dict[str, int] = {}

    def add(rule: str, times: int = 1) -> None:
        if times > 0:
            found[rule] = found.get(rule, 0) + times

    for p in range(city.people):
        mine = [(t, int(plan[p, t])) for t in range(city.slots) if plan[p, t] != FREE]
        for t, line in mine:
            _slow_duty(city, (p, t, line), add)
        add("week", len(mine) - 5)
        for (one, _), (two, _) in pairwise(mine):
            add("rest", int(two - one <= 2))
        nights = [t for t, _ in mine if t % 4 == 0]
        add("nights", sum(t - 4 in nights and t - 8 in nights for t in nights))
    for line in range(city.lines):
        for t in range(city.slots):
            add("capacity", int((plan[:, t] == line).sum()) - int(city.required[line, t]))
    return found


def _slow_duty(city: CityProblem, duty: tuple[int, int, int], add) -> None:  # type: ignore[no-untyped-def]
    p, t, line = duty
    home, place = city.person_home[p], city.line_place[line]
    add("availability", int(not city.person_available[p, t]))
    add("role", int(not int(city.person_roles[p]) & (1 << int(city.line_role[line]))))
    shut = city.compound_status[home] != 0 or city.compound_status[place] == 1
    add("seal", int(home != place and shut))
    add("radius", int(km(city, p, line) > city.role_radius_km[city.line_role[line]]))


def slow_parts(city: CityProblem, plan: Lines) -> dict[str, float]:
    """Each part of the cost, cell by cell."""
    parts = dict.fromkeys(("shortage", "travel", "preference", "load", "change"), 0.0)
    for line in range(city.lines):
        for t in range(city.slots):
            there = int((plan[:, t] == line).sum())
            lacks = max(0, int(city.minimum[line, t]) - there)
            parts["shortage"] += city.weight_minimum[line] * lacks
            lacks = max(0, int(city.required[line, t]) - there)
            parts["shortage"] += city.weight_required[line] * lacks
    for p in range(city.people):
        mine = [(t, int(plan[p, t])) for t in range(city.slots) if plan[p, t] != FREE]
        for t, line in mine:
            parts["travel"] += km(city, p, line) + city.base_travel_km
            parts["preference"] += city.person_preference[p, t % 4]
        parts["load"] += city.load_cost[min(5, len(mine))]
        parts["change"] += sum(2.0 for a, b in pairwise(mine) if a[1] != b[1])
    return parts
