"""What a city planner may ask beyond the public format; one file for each rule.

Every module has ``NAME`` and ``measure(city, rules, assignment, since=0)``. Rules only forbid: a
plan that keeps them is a plan of the problem without them, at the same cost.
"""

from muster.planner.city.rules import forbidden, hours, newcomers, pinned, presence, suit, teams

ALL = (pinned, forbidden, hours, suit, presence, newcomers, teams)

__all__ = ["ALL"]
