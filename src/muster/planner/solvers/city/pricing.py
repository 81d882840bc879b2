"""Every person's best week at given prices, in parallel; the bound that follows from it."""

from concurrent.futures import Executor
from typing import NamedTuple

import numpy as np

from muster.planner.solvers.city.gathering import ask, hands, list_home
from muster.planner.solvers.city.reach import City
from muster.planner.solvers.city.tables import (
    CLOSED,
    SCALE,
    Crowd,
    Demand,
    Ints,
    Small,
)
from muster.planner.solvers.compiling import compiled

PARTS = 8
"""Pieces of work for the threads: enough that one slow piece is not waited for long."""


class Asked(NamedTuple):
    """The people asked: those p with ``batch[p] == which``."""

    batch: Small
    which: int


class Answers(NamedTuple):
    """What they answer. `cells` (P, shifts) holds ``line * slots + slot``, the last shift first,
    then -1; `value` (P,) what the week is worth, whole units, at least 0."""

    cells: Small
    value: Ints


def answers(people: int, shifts: int) -> Answers:
    """Nobody serves yet."""
    return Answers(np.full((people, shifts), -1, np.int32), np.zeros(people, np.int64))


@compiled
def _held(crowd: Crowd, home: int, asked: Asked) -> int:
    """All roles that the people asked of a home hold."""
    held = 0
    for i in range(crowd.start[home], crowd.start[home + 1]):
        if asked.batch[crowd.people[i]] == asked.which:
            held |= crowd.roles[crowd.people[i]]
    return held


@compiled
def _price_homes(city: City, price: Ints, asked: Asked, into: Answers, homes: Ints) -> None:
    at = hands(city, 2 * city.week.change)
    for home in homes:
        held = _held(city.crowd, home, asked)
        if held == 0:
            continue
        list_home(city, at.listed, price, home, held)
        for i in range(city.crowd.start[home], city.crowd.start[home + 1]):
            p = city.crowd.people[i]
            if asked.batch[p] == asked.which:
                into.value[p] = ask(city, at, p, into.cells[p])


def price_people(
    city: City, price: Ints, asked: Asked, into: Answers, crew: Executor | None = None
) -> None:
    """The best week at `price` of everybody asked, written `into` the answers.

    Args:
        price: (L, T) what a shift is paid, whole units; `CLOSED` where there is no post.
        crew: threads that share the homes; none: this one alone.
    """
    homes = np.flatnonzero(np.diff(city.crowd.start)).astype(np.int64)
    if crew is None:
        _price_homes(city, price, asked, into, homes)
        return
    parts = [np.ascontiguousarray(homes[i::PARTS]) for i in range(PARTS)]
    for done in [crew.submit(_price_homes, city, price, asked, into, part) for part in parts]:
        done.result()


def bound_of(city: City, price: Ints, crew: Executor | None = None) -> float:
    """A cost that no legal plan can undercut, from any prices; computed in whole numbers.

    For every plan, cost = shortage + price paid - (price paid - cost of the weeks), and each
    person's last term is at most his best week's value, each post's first two at least their
    least over all numbers of people.
    """
    people = len(city.crowd.people)
    into = answers(people, city.week.shifts)
    price_people(city, price, Asked(np.zeros(people, np.int32), 0), into, crew)
    return (int(_posts(city.demand, price).sum()) - int(into.value.sum())) / SCALE


def _posts(demand: Demand, price: Ints) -> Ints:
    """Least shortage and pay of each post over 0 to `required` people: it is convex in their
    number, so that only none, the minimum and all can be least."""
    minimum, required = demand.minimum.astype(np.int64), demand.required.astype(np.int64)
    lack, want = demand.weight_minimum[:, None], demand.weight_required[:, None]
    paid = np.where(required > 0, price, 0)
    none = lack * minimum + want * required
    needed = want * (required - minimum) + paid * minimum
    least: Ints = np.minimum(np.minimum(none, needed), paid * required)
    return least


def open_posts(demand: Demand, price: Ints) -> Ints:
    """`price` with `CLOSED` where nobody is wanted."""
    closed: Ints = np.where(demand.required > 0, price, CLOSED)
    return closed
