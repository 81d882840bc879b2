"""From longitude and latitude to metres on a plane, near enough within a city."""

from collections.abc import Sequence
from math import cos, radians

METRES_A_DEGREE = 111_320.0


def metres(points: Sequence[tuple[float, float] | None]) -> list[tuple[float, float] | None]:
    """(longitude, latitude) as (east, north) of the first known point; unknown stays unknown."""
    first = next((point for point in points if point is not None), None)
    if first is None:
        return list(points)
    across = METRES_A_DEGREE * cos(radians(first[1]))
    return [
        None
        if point is None
        else ((point[0] - first[0]) * across, (point[1] - first[1]) * METRES_A_DEGREE)
        for point in points
    ]
