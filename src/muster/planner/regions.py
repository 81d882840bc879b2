"""Where people live and stand, as the compounds of a city: open, sealed or controlled.

All that lies in one zone is one compound, because who may not leave it serves anywhere in it. A
sealed zone has a second one at its gate for the roles that enter it: people from outside reach it,
and so do residents who hold such a role, who then serve in no other. What a city's compounds cannot
say (somebody held in a wide zone who enters a sealed place within it) is forbidden, never allowed.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

import numpy as np

from muster.planner.city.problem import CONTROLLED, OPEN, SEALED, Reals, Whole
from muster.planner.problem import Person, Place, Post, Problem


@dataclass(slots=True)
class Regions:
    """Compounds by key, in the order in which they were asked for."""

    problem: Problem
    status: list[int] = field(default_factory=list)
    xy: list[tuple[float, float]] = field(default_factory=list)
    home: list[int] = field(default_factory=list)
    """By person: the compound of his home."""
    at: dict[int, int] = field(default_factory=dict)
    """Post id → its compound."""
    _number: dict[Hashable, int] = field(default_factory=dict)

    def arrays(self) -> tuple[Reals, Whole]:
        """(C, 2) km and (C,) status; at least one compound."""
        if not self.status:
            return np.zeros((1, 2)), np.zeros(1, np.int8)
        return np.array(self.xy, np.float64), np.array(self.status, np.int8)

    def number(self, key: Hashable, status: int, place: Place) -> int:
        """The compound called `key`; made at `place` when it is not there yet."""
        found = self._number.get(key)
        if found is None:
            found = self._number[key] = len(self.status)
            self.status.append(status)
            self.xy.append((place.x_km, place.y_km))
        return found


def regions_of(problem: Problem, posts: Iterable[Post]) -> Regions:
    """The compounds of the people and of `posts`."""
    made = Regions(problem)
    places = {place.id: place for place in problem.places}
    wanted = list(posts)
    closed = {places[p.place].closed_in for p in wanted} - {None}
    gates: dict[int, int] = {}
    for post in wanted:
        zone = places[post.place].closed_in
        if zone is not None and problem.rules.enters_sealed(post.role):
            gates[zone] = gates.get(zone, 0) | 1 << post.role
        made.at[post.id] = _of_post(made, places, post, closed)
    made.home = [_of_home(made, places, person, closed, gates) for person in problem.people]
    return made


def _of_post(made: Regions, places: dict[int, Place], post: Post, closed: set[int | None]) -> int:
    place = places[post.place]
    if place.closed_in is not None:
        there = places.get(place.closed_in, place)
        if made.problem.rules.enters_sealed(post.role):
            return made.number(("gate", place.closed_in), CONTROLLED, there)
        return made.number(("zone", place.closed_in), SEALED, there)
    if place.held_in is not None and place.held_in not in closed:
        there = places.get(place.held_in, place)
        return made.number(("zone", place.held_in), CONTROLLED, there)
    return made.number(("open", place.x_km, place.y_km), OPEN, place)


def _of_home(
    made: Regions, places: dict[int, Place], person: Person, closed: set[int | None],
    gates: dict[int, int],
) -> int:  # fmt: skip
    home = places[person.home]
    if home.held_in is None:
        return made.number(("open", home.x_km, home.y_km), OPEN, home)
    there = places.get(home.held_in, home)
    if person.roles & gates.get(home.held_in, 0):
        return made.number(("gate", home.held_in), CONTROLLED, there)
    status = SEALED if home.held_in in closed else CONTROLLED
    return made.number(("zone", home.held_in), status, there)
