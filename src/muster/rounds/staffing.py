"""Which tables can open with the people who are there.

A table opens when every role of its crew has its minimum. People who may do anything go where they
are lacking; nobody without the qualification swabs. A role with a qualification that nobody was
counted for is sent from outside: medical teams come with the tables. Tables that stay shut are
taken from the sites that have most.
"""

from collections.abc import Mapping
from math import ceil

from muster.policies import Policy
from muster.rounds.area import ANY
from muster.rounds.plan import RoundPlan


def tables_open(policy: Policy, people: Mapping[str, int], tables: int, sites: int) -> int:
    """How many of `tables` at `sites` can open with `people`, by role or ``any``."""
    count = tables
    while count and not _enough(policy, people, count, min(sites, count)):
        count -= 1
    return count


def _enough(policy: Policy, people: Mapping[str, int], tables: int, sites: int) -> bool:
    spare = people.get(ANY, 0)
    for crew in policy.screening.crew:
        units = ceil((tables if crew.per == "table" else sites) / crew.every)
        lacking = max(0, units * crew.minimum - people.get(crew.role, 0))
        if policy.role(crew.role).qualification:
            if lacking and crew.role in people:
                return False
            continue
        spare -= lacking
    return spare >= 0


def shut(sizes: Mapping[int, int], count: int) -> dict[int, int]:
    """Tables of each site when only `count` open: the largest sites give first."""
    left = dict(sizes)
    while sum(left.values()) > count:
        largest = max(left, key=lambda site: (left[site], -site))
        left[largest] -= 1
    return left


def everybody(plan: RoundPlan, *, neighbours: bool) -> dict[str, int]:
    """Who is there by role, with the neighbours or without."""
    people = dict(plan.hands.staff)
    if neighbours:
        for role, count in plan.hands.neighbours.items():
            people[role] = people.get(role, 0) + count
    return people
