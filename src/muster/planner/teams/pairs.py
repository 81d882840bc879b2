"""Pairs that stay together or apart: who hangs together, and every contradiction in it."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

type Pair = tuple[str, str]


class Kind(StrEnum):
    """Why pairs cannot be kept."""

    HIMSELF = "himself"
    STRANGER = "stranger"
    TOGETHER_AND_APART = "together_and_apart"
    PINNED_SAME = "pinned_same"
    DRAWN_SAME = "drawn_same"
    PINNED_APART = "pinned_apart"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """`who`: keys of those who cannot have it so; `by`: keys of those through whom (chain), or
    names of teams; `most`: how many a team has."""

    kind: Kind
    who: tuple[str, ...]
    by: tuple[str, ...] = ()
    most: int = 0


def told(found: Contradiction) -> str:
    """A contradiction in words."""
    both, named, where = " and ".join(found.who), ", ".join(found.who), ", ".join(found.by)
    return {
        Kind.HIMSELF: f"{both} is paired with himself",
        Kind.STRANGER: f"{both} of the pair {' – '.join(found.by)} not in the group",
        Kind.TOGETHER_AND_APART: f"{both} must stay apart, but must stay together: "
        + " – ".join(found.by),
        Kind.PINNED_SAME: f"{both} must stay apart, but both are pinned to {where}",
        Kind.DRAWN_SAME: f"{both} must stay apart, but pins draw both to {where}",
        Kind.PINNED_APART: f"{named} must stay together, but are pinned to {where}",
        Kind.TOO_MANY: f"{named} must stay together: {len(found.who)} people,"
        f" a team has {found.most} at most",
    }[found.kind]


def blocks(keys: Sequence[str], together: Sequence[Pair]) -> list[tuple[str, ...]]:
    """`keys` in sets that share a team, each in the order of `keys`; who is free stands alone."""
    beside, place = _beside(together), {key: at for at, key in enumerate(keys)}
    seen: set[str] = set()
    found = []
    for key in keys:
        if key not in seen:
            block = set(_ways(beside, key))
            seen |= block
            found.append(tuple(sorted(block, key=lambda k: place.get(k, -1))))
    return found


def contradictions(
    keys: Sequence[str],
    together: Sequence[Pair],
    apart: Sequence[Pair],
    pins: Mapping[str, str],
    teams: Sequence[str],
) -> Iterator[Contradiction]:
    """Every way in which the pairs cannot be kept, by each other, the pins or the sizes.

    Pins are keys to names of teams. What only a search can find out is not told here: see `split`.
    """
    strangers = [(a, b) for a, b in (*together, *apart) if a == b or not {a, b} <= set(keys)]
    yield from (_strange(pair, set(keys)) for pair in strangers)
    beside = _beside(together)
    for a, b in apart:
        if a != b and b in (ways := _ways(beside, a)):
            yield Contradiction(Kind.TOGETHER_AND_APART, (a, b), tuple(ways[b]))
        elif a != b and a in pins and pins.get(b) == pins[a]:
            yield Contradiction(Kind.PINNED_SAME, (a, b), (pins[a],))
    yield from _blocks(blocks(keys, together), pins, -(-len(keys) // max(1, len(teams))))
    yield from _pinned(blocks(keys, together), apart, pins)


def _pinned(
    sets: Sequence[tuple[str, ...]], apart: Sequence[Pair], pins: Mapping[str, str]
) -> Iterator[Contradiction]:
    """Who must stay apart, and is drawn to one team by the pins of those he stays with."""
    home = {key: block for block in sets for key in block}
    for a, b in apart:
        if a not in home or b not in home or home[a] == home[b]:
            continue
        shared = {pins[k] for k in home[a] if k in pins} & {pins[k] for k in home[b] if k in pins}
        if shared and pins.get(a) != pins.get(b, ""):
            yield Contradiction(Kind.DRAWN_SAME, (a, b), tuple(sorted(shared)))


def _blocks(
    sets: Sequence[tuple[str, ...]], pins: Mapping[str, str], largest: int
) -> Iterator[Contradiction]:
    """Sets that are pinned to several teams, or larger than any team may be."""
    for block in sets:
        where = sorted({pins[key] for key in block if key in pins})
        if len(where) > 1:
            yield Contradiction(Kind.PINNED_APART, block, tuple(where))
        if len(block) > max(1, largest):
            yield Contradiction(Kind.TOO_MANY, block, (), largest)


def _strange(pair: Pair, known: set[str]) -> Contradiction:
    if pair[0] == pair[1]:
        return Contradiction(Kind.HIMSELF, pair[:1])
    return Contradiction(Kind.STRANGER, tuple(k for k in pair if k not in known), pair)


def _beside(together: Sequence[Pair]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for a, b in together:
        found.setdefault(a, []).append(b)
        found.setdefault(b, []).append(a)
    return found


def _ways(beside: Mapping[str, Sequence[str]], start: str) -> dict[str, list[str]]:
    """Everybody who hangs together with `start`, and through whom, shortest first."""
    ways, waiting = {start: [start]}, deque([start])
    while waiting:
        at = waiting.popleft()
        for other in beside.get(at, ()):
            if other not in ways:
                ways[other] = [*ways[at], other]
                waiting.append(other)
    return ways
