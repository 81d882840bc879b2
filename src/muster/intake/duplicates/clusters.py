"""Who is one person in the end. Merges are a list of pairs and stay one: undoing a merge is leaving
its pair out, or saying that two are apart, and counting again."""

from collections.abc import Collection, Iterable

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
