"""A problem in seats, whose plans come near to keeping the rules.

A post that needs a tag, or a guide for newcomers, is parted: a seat for whoever brings it, the
rest for anybody. A seat asks for a role of its own (role, tags, no newcomer), held by those who
fit. The seat weighs more than its line, because the whole post hangs on it. Who is placed already
(the pinned, the teams) is left out, and his place is no longer wanted. Its costs differ, so its
bound is none for the problem with rules.
"""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from muster.planner.city.problem import FREE, NIGHT, CityProblem, Flags, Lines, Reals, Whole
from muster.planner.city.rules.model import Rules
from muster.planner.city.rules.seating import Kind, seats_of

HANGS = 0.5
"""The part of the rest of a post that is added to the weight of its seats."""


class Encoded(NamedTuple):
    """The problem in seats, the line of each seat, and what is placed already."""

    city: CityProblem
    line: Whole
    placed: Lines
    """(P, T) lines of those who are left out of `city`, else `FREE`."""
    most: Whole
    """(P,) shifts that each may still serve."""

    def decode(self, assignment: Lines) -> Lines:
        """(P, T) the lines of a plan in seats, with those who are placed already."""
        searched = np.where(assignment == FREE, FREE, self.line[assignment])
        return np.where(self.placed == FREE, searched, self.placed).astype(np.int32)


def encode(city: CityProblem, rules: Rules, placed: Lines) -> Encoded:
    """`city` in seats, beside `placed`."""
    seats = seats_of(city, rules, placed)
    line = np.concatenate([np.arange(city.lines), seats.line])
    roles = city.person_roles.astype(np.int64)
    for bit, kind in enumerate(seats.kinds, city.roles):
        roles |= fits(city, rules, kind).astype(np.int64) << bit
    radius = [city.role_radius_km[kind.role] for kind in seats.kinds]
    made = replace(
        city,
        person_roles=roles,
        person_available=city.person_available & ~kept_free(city, rules, placed),
        line_place=city.line_place[line],
        line_role=np.concatenate([city.line_role, seats.kind + city.roles]).astype(np.int8),
        required=np.concatenate([seats.rest, seats.wanted]).astype(np.int16),
        minimum=np.concatenate([seats.rest_needed, seats.needed]).astype(np.int16),
        weight_minimum=city.weight_minimum[line],
        weight_required=city.weight_required[line]
        + np.concatenate([np.zeros(city.lines), _hanging(city, seats.line)]),
        role_radius_km=np.concatenate([city.role_radius_km, radius]),
    )
    return Encoded(made, line, placed, most_shifts(city, rules, placed))


def _hanging(city: CityProblem, lines: Whole) -> Reals:
    """(n,) what is added to the weight of a seat on each of `lines`."""
    worth = city.weight_minimum[:, None] * city.minimum
    worth = worth + city.weight_required[:, None] * city.required
    rest = worth.max(axis=1) - city.weight_minimum - city.weight_required
    return np.asarray(HANGS * np.maximum(rest, 0.0)[lines])


def most_shifts(city: CityProblem, rules: Rules, placed: Lines) -> Whole:
    """(P,) shifts that each may serve beside `placed`, by the week and his own hours."""
    hours = np.minimum(rules.person_max_hours, city.max_shifts * city.slot_hours)
    limit = np.floor(hours / city.slot_hours).astype(np.int64)
    left: Whole = np.maximum(limit - np.count_nonzero(placed != FREE, axis=1), 0)
    return left


def kept_free(city: CityProblem, rules: Rules, placed: Lines) -> Flags:
    """(P, T) slots in which somebody is spared for his team, his pin, or where he is `placed`."""
    spared = np.repeat((rules.person_team >= 0)[:, None], city.slots, axis=1)
    served = placed != FREE
    near = served.copy()
    for apart in range(1, city.rest_slots + 1):
        near[:, apart:] |= served[:, :-apart]
        near[:, :-apart] |= served[:, apart:]
    nights = served[:, NIGHT :: city.slots_a_day]
    for apart in range(1, city.max_nights_in_a_row + 1):
        near[:, NIGHT + apart * city.slots_a_day :: city.slots_a_day] |= nights[:, :-apart]
        near[:, NIGHT : -apart * city.slots_a_day : city.slots_a_day] |= nights[:, apart:]
    return np.asarray(spared | near | near_pins(city, rules))


def near_pins(city: CityProblem, rules: Rules) -> Flags:
    """(P, T) slots that a pin, with its rest, leaves no room for; its own among them."""
    near = np.zeros((city.people, city.slots), np.bool_)
    for person, _line, slot in rules.pinned.tolist():
        near[person, max(0, slot - city.rest_slots) : slot + city.rest_slots + 1] = True
    return near


def fits(city: CityProblem, rules: Rules, kind: Kind) -> Flags:
    """(P,) who holds the role and brings all that `kind` wants."""
    holds = city.person_roles.astype(np.int64) >> kind.role & 1 == 1
    brings: Flags = rules.person_tags & kind.tags == kind.tags
    return np.asarray(holds & brings & ~(kind.guide & rules.person_newcomer), np.bool_)
