"""Who is a newcomer (新手) and who is experienced (熟手), and whether that binds a plan.

Somebody is experienced who has served the policy's number of shifts, or who was marked so by hand;
a mark holds over the count. Where hardly anybody has served before, as on the first night, the
count would leave most posts empty. So it binds a plan only when those who are experienced could be
at each of its places in each shift; a mark as a newcomer binds always.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Ground(StrEnum):
    """Why somebody counts as what he does."""

    MARKED_EXPERIENCED = "marked_experienced"
    MARKED_NEW = "marked_new"
    SERVED = "served"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class Standing:
    """One person; `served`: shifts until now."""

    ground: Ground
    served: int = 0

    @property
    def experienced(self) -> bool:
        return self.ground in (Ground.MARKED_EXPERIENCED, Ground.SERVED)

    def newcomer(self, *, counted: bool) -> bool:
        """Whether a plan may not leave him alone; `counted`: the count binds it."""
        return self.ground is Ground.MARKED_NEW or (counted and self.ground is Ground.NOT_YET)


def standing(*, marked: bool | None, served: int, shifts: int) -> Standing:
    """How somebody stands.

    Args:
        marked: experienced (True) or new (False) by hand, or None.
        served: shifts until now.
        shifts: how many make somebody experienced, as the policy has it.
    """
    if marked is not None:
        return Standing(Ground.MARKED_EXPERIENCED if marked else Ground.MARKED_NEW, served)
    return Standing(Ground.SERVED if served >= shifts else Ground.NOT_YET, served)


@dataclass(frozen=True, slots=True)
class Crew:
    """Those whom a plan may send. `counted`: the count binds the plan; `experienced`: how many
    are; `turns`: shifts that these can guide; `wanted`: places times shifts that want somebody;
    `new`: people who have not served enough and bear no mark."""

    counted: bool = False
    experienced: int = 0
    turns: int = 0
    wanted: int = 0
    new: int = 0


def crew(standings: Iterable[tuple[Standing, int]], wanted: int) -> Crew:
    """A crew of people, each with the shifts that he could take, for so many places times
    shifts."""
    known = list(standings)
    old = [turns for each, turns in known if each.experienced and turns]
    new = sum(each.ground is Ground.NOT_YET for each, _ in known)
    total = sum(old)
    return Crew(bool(new) and 0 < wanted <= total, len(old), total, wanted, new)


def turns(spans: Sequence[tuple[datetime, datetime]], rest: timedelta, most: int) -> int:
    """How many of `spans` one person can serve, `rest` between them, `most` in seven days."""
    taken: list[tuple[datetime, datetime]] = []
    for start, end in sorted(spans, key=lambda span: span[1]):
        week = [s for s, _ in taken if s > start - timedelta(days=7)]
        if (not taken or start >= taken[-1][1] + rest) and len(week) < most:
            taken.append((start, end))
    return len(taken)
