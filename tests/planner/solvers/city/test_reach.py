"""The lists hold exactly whom the rules let serve where."""

import numpy as np

from tests.planner.solvers.city.small import small

OPEN, SEALED = 0, 1


def test_reach_is_what_the_rules_say() -> None:
    problem, city = small(400, seed=3)
    xy, status = problem.compound_xy, problem.compound_status
    listed = set()
    for home in range(problem.compounds):
        for role in range(problem.roles):
            group = home * problem.roles + role
            for i in range(city.reach.start[group], city.reach.start[group + 1]):
                listed.add((home, role, int(city.reach.line[i])))
    expected = set()
    for line, (place, role) in enumerate(zip(problem.line_place, problem.line_role, strict=True)):
        for home in range(problem.compounds):
            near = np.hypot(*(xy[home] - xy[place])) <= problem.role_radius_km[role]
            outside = status[home] == OPEN and status[place] != SEALED and near
            if home == place or outside:
                expected.add((home, int(role), line))
    assert listed == expected


def test_travel_is_the_distance_and_the_base() -> None:
    problem, city = small()
    home = int(np.flatnonzero(problem.compound_status == OPEN)[0])
    first = city.reach.start[home * problem.roles]
    place = problem.line_place[city.reach.line[first]]
    km = np.hypot(*(problem.compound_xy[home] - problem.compound_xy[place]))
    assert abs(city.reach.travel[first] / 10_000 - km - problem.base_travel_km) < 1e-3
