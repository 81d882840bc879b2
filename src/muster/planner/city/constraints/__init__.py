"""One file for each rule and each cost of a city's plan.

Every module has ``measure(problem, assignment, since=0) -> Finding``: what the rule finds broken in
the slots from `since` on, or what the cost sums up to over the whole week. A rule that looks at one
person and one line at a time also has ``allows(problem, people, lines[, slots])``.
"""

from muster.planner.city.constraints import (
    availability,
    capacity,
    change,
    load,
    nights,
    preference,
    radius,
    rest,
    role,
    seal,
    shortage,
    travel,
    week,
)

HARD = (availability, role, seal, radius, capacity, week, rest, nights)
SOFT = (travel, preference, load, change)
"""The soft part of the cost; shortage stands apart from it."""

__all__ = ["HARD", "SOFT", "shortage"]
