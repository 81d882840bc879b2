"""Columns over the people of a problem: who may stand at a post at all, how far it is.

The parts that do not change while a plan is made, as arrays over the people in the problem's order.
Nothing of size people x posts is ever held: a post asks, uses the answer and lets it go.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from muster.planner.plan import Bar
from muster.planner.problem import EVERY_SHIFT, Place, Post, Problem, Shift

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Verdict:
    """For one post: `holders` who hold the role, `free_of` for each bar who passes it (arrays over
    people), `km` from home."""

    holders: Flags
    passes: tuple[tuple[Bar, Flags], ...]
    km: Floats

    @property
    def candidates(self) -> Flags:
        """Who may stand there as far as role, zone, reach and availability go."""
        allowed = self.holders.copy()
        for _, flags in self.passes:
            allowed &= flags
        return allowed


class Reach:
    """The columns of one problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.places = {place.id: place for place in problem.places}
        self.shifts = {shift.id: shift for shift in problem.shifts}
        self.position = {shift.id: index for index, shift in enumerate(problem.shifts)}
        index = {place.id: i for i, place in enumerate(problem.places)}
        people = problem.people
        self._home = np.fromiter((index[p.home] for p in people), np.int32, len(people))
        self._roles = np.fromiter((p.roles for p in people), np.int64, len(people))
        self._xy = np.array([(p.x_km, p.y_km) for p in problem.places]).reshape(-1, 2)
        self._zones = sorted({p.held_in for p in problem.places if p.held_in is not None})
        number = {zone: i + 1 for i, zone in enumerate(self._zones)}
        held = (0 if p.held_in is None else number[p.held_in] for p in problem.places)
        self._held = np.fromiter(held, np.int32, len(problem.places))
        self._inside: dict[int, Flags] = {}
        self._shift_flags: tuple[int, Flags] | None = None

    @cached_property
    def index_of(self) -> dict[int, int]:
        """Position of each person by id."""
        return {person.id: i for i, person in enumerate(self.problem.people)}

    def shift_of(self, post: Post) -> Shift:
        return self.shifts[post.shift]

    def verdict(self, post: Post) -> Verdict:
        """What bars whom from `post`, before anybody's diary is asked."""
        place = self.places[post.place]
        rules = self.problem.rules
        km = np.hypot(*(self._xy[self._home] - (place.x_km, place.y_km)).T)
        everyone = np.ones(len(self._home), np.bool_)
        limit = rules.max_daily_hours
        if rules.wears_suit(post.role):
            limit = min(limit, rules.suit_hours_stop)
        bearable = self.shift_of(post).hours <= limit
        reach = rules.reach_km.get(post.role)
        return Verdict(
            holders=(self._roles >> post.role & 1).astype(np.bool_),
            passes=(
                (Bar.SHIFT_TOO_LONG, everyone if bearable else ~everyone),
                (Bar.HOME_SEALED_ELSEWHERE, self._may_leave_for(place)),
                (Bar.POST_SEALED, self._may_enter(place, rules.enters_sealed(post.role))),
                (Bar.OUT_OF_REACH, everyone if reach is None else km <= reach),
                (Bar.NOT_AVAILABLE, self._available(post.shift)),
            ),
            km=km,
        )

    def _may_leave_for(self, place: Place) -> Flags:
        around = set(place.path)
        lets_go = np.array([True, *(zone in around for zone in self._zones)], np.bool_)
        return lets_go[self._held[self._home]]

    def _may_enter(self, place: Place, in_suit: bool) -> Flags:
        zone = place.closed_in
        if zone is None or in_suit:
            return np.ones(len(self._home), np.bool_)
        if zone not in self._inside:
            inside = [zone in home.path for home in self.problem.places]
            self._inside[zone] = np.array(inside, np.bool_)[self._home]
        return self._inside[zone]

    def _available(self, shift: int) -> Flags:
        """Kept for the shift that was asked last: posts come shift by shift."""
        if self._shift_flags is None or self._shift_flags[0] != shift:
            bit = self.position[shift]
            people = self.problem.people
            free = (p.available == EVERY_SHIFT or bool(p.available >> bit & 1) for p in people)
            self._shift_flags = shift, np.fromiter(free, np.bool_, len(people))
        return self._shift_flags[1]
