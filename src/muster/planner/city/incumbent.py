"""What a search says on its way and at its end."""

from dataclasses import dataclass

from muster.planner.city.problem import Lines, Reals


def gap(cost: float, bound: float) -> float:
    """By which share of its cost a plan could at most be too dear."""
    return (cost - bound) / cost if cost > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Incumbent:
    """The state of a search after `seconds`: best cost so far, bound proven so far."""

    cost: float
    bound: float
    seconds: float

    @property
    def gap(self) -> float:
        return gap(self.cost, self.bound)


@dataclass(frozen=True, slots=True)
class Found:
    """What a solver hands over, not judged yet."""

    assignment: Lines
    """(P, T) the line, or -1."""
    bound: float
    """A number that no legal plan can undercut."""
    prices: Reals | None = None
    """(L, T) about what one more person at a post is worth, all others planned anew; 0 where there
    is none."""
