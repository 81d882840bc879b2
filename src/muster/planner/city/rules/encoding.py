"""A problem of the public format whose plans come near to keeping the rules.

Each line becomes a first seat, for whom may serve alone, and the other seats. Roles are doubled for
it: role ``R + r`` is role r held by somebody who is no newcomer. Who is in a team is left out; a
pinned person is free about his pin. Its costs differ (moving between seats of a line is a change
there), so its bound is none for the problem with rules.
"""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from muster.planner.city.problem import FREE, CityProblem, Lines, Whole
from muster.planner.city.rules.model import Rules

MOST_ROLES = 16


class Encoded(NamedTuple):
    """The problem in seats, and the line of each seat."""

    city: CityProblem
    line: Whole

    def decode(self, assignment: Lines) -> Lines:
        """(P, T) the lines of a plan in seats."""
        return np.where(assignment == FREE, FREE, self.line[assignment]).astype(np.int32)


def can_encode(city: CityProblem) -> bool:
    """Is there room for a second kind of each role?"""
    return 2 * city.roles <= MOST_ROLES


def encode(city: CityProblem, rules: Rules) -> Encoded:
    """`city` in seats."""
    more = np.flatnonzero(city.required.max(axis=1) > 1)
    line = np.concatenate([np.arange(city.lines), more])
    first_wanted, first_needed = (np.minimum(a, 1) for a in (city.required, city.minimum))
    roles = city.person_roles.astype(np.int64)
    roles |= np.where(rules.person_newcomer, 0, roles << city.roles)
    seats = replace(
        city,
        person_roles=roles.astype(np.uint16),
        person_available=city.person_available & ~_kept_free(city, rules),
        line_place=city.line_place[line],
        line_role=np.concatenate([city.line_role + city.roles, city.line_role[more]]).astype(
            np.int8
        ),
        required=np.concatenate([first_wanted, (city.required - first_wanted)[more]]),
        minimum=np.concatenate([first_needed, (city.minimum - first_needed)[more]]),
        weight_minimum=city.weight_minimum[line],
        weight_required=city.weight_required[line],
        role_radius_km=np.tile(city.role_radius_km, 2),
    )
    return Encoded(seats, line)


def _kept_free(city: CityProblem, rules: Rules) -> Whole:
    """(P, T) slots in which somebody is spared for his team or his pin."""
    spared = np.repeat((rules.person_team >= 0)[:, None], city.slots, axis=1)
    for person, _line, slot in rules.pinned.tolist():
        spared[person, max(0, slot - city.rest_slots) : slot + city.rest_slots + 1] = True
    return spared
