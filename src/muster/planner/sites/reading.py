"""The OR-Library's p-median graphs: every vertex is a building of one person and may be a site."""

import numpy as np

from muster.planner.sites.errors import BadGraph
from muster.planner.sites.problem import Numbers, SiteProblem


def read_instance(text: str) -> SiteProblem:
    """A problem from ``vertices edges sites`` and one ``from to length`` an edge.

    An edge that is given twice counts as given last. Distances are shortest ways.

    Raises `BadGraph`.
    """
    try:
        words = [int(word) for word in text.split()]
        vertices, edges, sites = words[:3]
    except ValueError as error:
        raise BadGraph(reason="it holds something else than whole numbers") from error
    if len(words) != 3 + 3 * edges:
        raise BadGraph(reason=f"{edges} edges are promised, {(len(words) - 3) / 3:g} are there")
    lines = np.array(words[3:]).reshape(-1, 3)
    if edges and not ((lines[:, :2] >= 1) & (lines[:, :2] <= vertices)).all():
        raise BadGraph(reason=f"an edge leads to a vertex outside of 1 to {vertices}")
    lengths = np.full((vertices, vertices), np.inf)
    np.fill_diagonal(lengths, 0)
    for one, other, length in lines:
        lengths[one - 1, other - 1] = lengths[other - 1, one - 1] = length
    return SiteProblem(shortest(lengths), np.ones(vertices), sites)


def shortest(lengths: Numbers) -> Numbers:
    """The shortest way between any two vertices (Floyd and Warshall)."""
    ways = lengths.copy()
    for over in range(len(ways)):
        np.minimum(ways, ways[:, over, None] + ways[None, over, :], out=ways)
    return ways
