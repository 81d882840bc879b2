"""Who is a newcomer (新手) and who is experienced (熟手), and in which roles that binds a plan.

Somebody is experienced who has served the policy's number of shifts, or who was marked so by hand;
a mark holds over the count. Where hardly anybody has served before, as on the first night, the
count would leave most posts empty. So it binds a plan role by role: a role keeps it when somebody
experienced, in whatever role, could be at each place in each shift where it is wanted, beside those
of the roles that are better covered; else it is relaxed. A mark as a newcomer binds always.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from muster.protocols.covering import Roles, covered


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
        """Whether a plan may not leave him alone; `counted`: the count binds his role there."""
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
class Relaxed:
    """A role whose newcomers may be alone. Of `wanted` places times shifts where it is wanted
    somebody experienced could be at `covered`; `experienced`: how many could come to any of them.
    """

    role: str
    experienced: int
    covered: int
    wanted: int


@dataclass(frozen=True, slots=True)
class Crew:
    """Those whom a plan may send. `counted`: the count binds some role of the plan; `experienced`:
    how many are; `turns`: shifts that these can guide; `wanted`: places times shifts that want
    somebody; `new`: people who have not served enough and bear no mark; `relaxed`: the roles that
    it does not bind."""

    counted: bool = False
    experienced: int = 0
    turns: int = 0
    wanted: int = 0
    new: int = 0
    relaxed: tuple[Relaxed, ...] = ()

    def binds(self, role: str) -> bool:
        """Whether the count binds those who serve as `role`."""
        return self.counted and all(each.role != role for each in self.relaxed)

    @property
    def lenient(self) -> frozenset[str]:
        """The roles that are relaxed while others are not."""
        return frozenset(each.role for each in self.relaxed if self.counted)


def crew(people: Iterable[tuple[Standing, Roles, int]], wanted: Mapping[Roles, int]) -> Crew:
    """How the count binds a plan.

    Args:
        people: each with the roles that he could serve in and the shifts that he could take.
        wanted: roles → places times shifts that want just these.
    """
    known = list(people)
    old = [(roles, many) for each, roles, many in known if each.experienced and many]
    new = sum(each.ground is Ground.NOT_YET for each, _, _ in known)
    relaxed = tuple(_relaxed(old, wanted)) if new else ()
    return Crew(
        counted=bool(new) and len(relaxed) < len(_roles(wanted)),
        experienced=len(old),
        turns=sum(many for _, many in old),
        wanted=sum(wanted.values()),
        new=new,
        relaxed=relaxed,
    )


def _roles(wanted: Iterable[Roles]) -> Roles:
    return frozenset[str]().union(*wanted)


def _relaxed(old: Sequence[tuple[Roles, int]], wanted: Mapping[Roles, int]) -> Iterator[Relaxed]:
    """The roles that cannot be covered beside those that are better covered."""
    able = Counter[Roles]()
    for roles, many in old:
        able[roles] += many
    bound: set[str] = set()
    for role in sorted(_roles(wanted), key=lambda role: (-_share(role, able, wanted), role)):
        places = {kind: n for kind, n in wanted.items() if kind & {*bound, role}}
        lacking = sum(places.values()) - covered(able, places)
        if not lacking:
            bound.add(role)
            continue
        mine = _places(role, wanted)
        many = sum(bool(roles & _roles(mine)) for roles, _ in old)
        yield Relaxed(role, many, sum(mine.values()) - lacking, sum(mine.values()))


def _places(role: str, wanted: Mapping[Roles, int]) -> dict[Roles, int]:
    return {kind: n for kind, n in wanted.items() if role in kind}


def _share(role: str, able: Mapping[Roles, int], wanted: Mapping[Roles, int]) -> float:
    """Shifts that the experienced could be at the places of a role, to those that it wants."""
    mine = _places(role, wanted)
    come = sum(n for roles, n in able.items() if roles & _roles(mine))
    return come / max(1, sum(mine.values()))


def turns(spans: Sequence[tuple[datetime, datetime]], rest: timedelta, most: int) -> int:
    """How many of `spans` one person can serve, `rest` between them, `most` in seven days."""
    taken: list[tuple[datetime, datetime]] = []
    for start, end in sorted(spans, key=lambda span: span[1]):
        week = [s for s, _ in taken if s > start - timedelta(days=7)]
        if (not taken or start >= taken[-1][1] + rest) and len(week) < most:
            taken.append((start, end))
    return len(taken)
