"""Who is one person in the end. Merges are a list of pairs and stay one: undoing a merge is leaving
its pair out, or saying that two are apart, and counting again."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

type Edge = tuple[int, int]


def clusters(size: int, merges: Iterable[Edge], apart: Collection[Edge] = ()) -> list[list[int]]:
    """Groups of records that are one person, every record in exactly one group, in order.

    `apart`: pairs a person has settled as two people; a merge that would bring them together, even
    through a third record, is not made. Give the surest merges first.
    """
    group = {i: {i} for i in range(size)}
    rivals: dict[int, set[int]] = {}
    for a, b in apart:
        rivals.setdefault(a, set()).add(b)
        rivals.setdefault(b, set()).add(a)
    for a, b in merges:
        one, two = group[a], group[b]
        if one is two or any(rivals.get(x, set()) & two for x in one):
            continue
        small, large = sorted((one, two), key=len)
        large |= small
        for member in small:
            group[member] = large
    seen: dict[int, list[int]] = {id(g): sorted(g) for g in group.values()}
    return sorted(seen.values())


@dataclass(slots=True)
class Merges:
    """Who was taken for one person, step by step, so that any step can be taken back.

    Nothing is ever overwritten: a merge is a line, its undoing removes the line, and a pair that a
    person told apart stays apart, whatever a later run of the linkage says.
    """

    size: int
    made: list[Edge] = field(default_factory=list)
    apart: set[Edge] = field(default_factory=set)

    def merge(self, one: int, other: int) -> bool:
        """Take two records for one person. False when somebody told them apart."""
        pair = _ordered(one, other)
        if pair in self.apart:
            return False
        if pair not in self.made:
            self.made.append(pair)
        return True

    def undo(self, one: int, other: int) -> bool:
        """Take a merge back and remember that the two are apart. False when it was never made."""
        pair = _ordered(one, other)
        self.apart.add(pair)
        if pair not in self.made:
            return False
        self.made.remove(pair)
        return True

    def groups(self) -> list[list[int]]:
        """Everybody as they stand now."""
        return clusters(self.size, self.made, self.apart)


def _ordered(one: int, other: int) -> Edge:
    return (one, other) if one < other else (other, one)
