"""Where teams serve when nobody says: in the midst of those who live near each other."""

from collections.abc import Sequence

import numpy as np

type Point = tuple[float, float]
ROUNDS = 20


def centres(homes: Sequence[Point], teams: int) -> list[Point]:
    """`teams` points for `homes` (km): the farthest from those before, then the mean of whoever is
    nearest, until nothing moves. The same homes give the same points."""
    points = np.array(homes, np.float64).reshape(-1, 2)
    found = points.mean(axis=0)[None, :]
    found = points[[_farthest(points, found)]]
    while len(found) < teams:
        found = np.vstack([found, points[_farthest(points, found)]])
    for _ in range(ROUNDS):
        near = np.linalg.norm(points[:, None] - found[None], axis=2).argmin(axis=1)
        new = np.array(
            [
                points[near == k].mean(axis=0) if (near == k).any() else found[k]
                for k in range(teams)
            ]
        )
        if np.allclose(new, found):
            break
        found = new
    return [(float(x), float(y)) for x, y in found]


def _farthest(points: np.ndarray, found: np.ndarray) -> int:
    return int(np.linalg.norm(points[:, None] - found[None], axis=2).min(axis=1).argmax())
