"""What any siting comes to, reckoned from the problem alone."""

from dataclasses import dataclass

import numpy as np

from muster.planner.sites.problem import Indices, SiteProblem


@dataclass(frozen=True, slots=True)
class Judged:
    """`cost`: people times distance. `farthest`: the longest way of a building with people.
    `broken`: what the siting may not be; empty when it is legal."""

    cost: float
    farthest: float
    loads: tuple[float, ...]
    broken: tuple[str, ...]


def judge(problem: SiteProblem, opened: Indices, goes_to: Indices) -> Judged:
    """Judge sites at the candidates `opened` and the candidate that each building `goes_to`."""
    broken = []
    if len(opened) != problem.sites or len(set(opened.tolist())) != len(opened):
        broken.append(f"{len(set(opened.tolist()))} sites, not {problem.sites}")
    if len(goes_to) != problem.buildings or not np.isin(goes_to, opened).all():
        broken.append("a building goes to no site")
        return Judged(np.inf, np.inf, (), tuple(broken))
    loads = tuple(float(problem.people[goes_to == site].sum()) for site in opened)
    if problem.capacity is not None and max(loads) > problem.capacity + 1e-6:
        broken.append(f"a site serves {max(loads):,.0f} people, more than {problem.capacity:,.0f}")
    ways = problem.distance[goes_to, np.arange(problem.buildings)]
    return Judged(
        float((ways * problem.people).sum()),
        float(ways[problem.people > 0].max(initial=0.0)),
        loads,
        tuple(broken),
    )
