"""Every person's best week at given prices, in parallel; the bound that follows from it."""

from concurrent.futures import Executor
from typing import NamedTuple, Protocol

import numpy as np

from muster.kernel.compiling import compiled
from muster.planner.solvers.city.gathering import ask, hands, list_home
from muster.planner.solvers.city.reach import City
from muster.planner.solvers.city.tables import (
    SCALE,
    Demand,
    Ints,
    Small,
)

PARTS = 4
"""Pieces of work for the threads: enough that one slow piece is not waited for long."""


class Answers(NamedTuple):
    """What they answer. `cells` (P, shifts) holds ``line * slots + slot``, the last shift first,
    then -1; `value` (P,) what the week is worth, whole units, at least 0."""

    cells: Small
    value: Ints


def answers(people: int, shifts: int) -> Answers:
    """Nobody serves yet."""
    return Answers(np.full((people, shifts), -1, np.int32), np.zeros(people, np.int64))


@compiled
def _price(city: City, price: Ints, people: Small, into: Answers) -> None:
    at = hands(city, 2 * city.week.change)
    crowd = city.crowd
    i = 0
    while i < len(people):
        home, first, held = crowd.home[people[i]], i, 0
        while i < len(people) and crowd.home[people[i]] == home:
            held |= crowd.roles[people[i]]
            i += 1
        list_home(city, at.listed, price, home, held)
        for p in people[first:i]:
            into.value[p] = ask(city, at, p, into.cells[p])


def price_people(
    city: City, price: Ints, people: Small, into: Answers, crew: Executor | None = None
) -> None:
    """The best week at `price` of each of `people`, written `into` the answers.

    Args:
        price: (L, T) what a shift is paid, whole units; `CLOSED` where there is no post.
        people: those of one home side by side, which saves time.
        crew: threads that share the people; none: this one alone.
    """
    if crew is None:
        _price(city, price, people, into)
        return
    parts = np.array_split(people, PARTS)
    for done in [crew.submit(_price, city, price, part, into) for part in parts]:
        done.result()


class Asking(Protocol):
    """Whoever can ask people for their best weeks: threads here, or other machines."""

    def cells(self, price: Ints, people: Small) -> Small:
        """(any, shifts) the posts ``line * slots + slot`` that `people`, those of one home side by
        side, choose at `price`, -1 for none; in any order."""

    def worth(self, price: Ints) -> int:
        """What all people's best weeks at `price` are worth together, whole units."""


class Threads:
    """Asks in this process, by the threads of `crew`."""

    def __init__(self, city: City, crew: Executor | None = None) -> None:
        self._city, self._crew = city, crew
        self._into = answers(len(city.crowd.people), city.week.shifts)

    def cells(self, price: Ints, people: Small) -> Small:
        price_people(self._city, price, people, self._into, self._crew)
        chosen: Small = self._into.cells[people]
        return chosen

    def worth(self, price: Ints, people: Small | None = None) -> int:
        """The same of `people` alone, where they are given."""
        everybody = self._city.crowd.people if people is None else people
        price_people(self._city, price, everybody, self._into, self._crew)
        return int(self._into.value[everybody].sum())


def bound_of(city: City, price: Ints, asking: Asking | None = None) -> float:
    """A cost that no legal plan can undercut, from any prices; computed in whole numbers.

    For every plan, cost = shortage + price paid - (price paid - cost of the weeks), and each
    person's last term is at most his best week's value, each post's first two at least their
    least over all numbers of people.
    """
    worth = (asking or Threads(city)).worth(price)
    return (int(_posts(city.demand, price).sum()) - worth) / SCALE


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
