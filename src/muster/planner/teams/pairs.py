"""Pairs that stay together or apart: who hangs together, and every contradiction in it."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence

type Pair = tuple[str, str]


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
) -> Iterator[str]:
    """Every way in which the pairs cannot be kept, by each other, the pins or the sizes.

    Pins are keys to names of teams. What only a search can find out is not told here: see `split`.
    """
    strangers = [(a, b) for a, b in (*together, *apart) if a == b or not {a, b} <= set(keys)]
    yield from (_strange(pair, set(keys)) for pair in strangers)
    beside = _beside(together)
    for a, b in apart:
        if a != b and b in (ways := _ways(beside, a)):
            yield f"{a} and {b} must stay apart, but must stay together: {' – '.join(ways[b])}"
        elif a != b and a in pins and pins.get(b) == pins[a]:
            yield f"{a} and {b} must stay apart, but both are pinned to {pins[a]}"
    yield from _blocks(blocks(keys, together), pins, -(-len(keys) // max(1, len(teams))))
    yield from _pinned(blocks(keys, together), apart, pins)


def _pinned(
    sets: Sequence[tuple[str, ...]], apart: Sequence[Pair], pins: Mapping[str, str]
) -> Iterator[str]:
    """Who must stay apart, and is drawn to one team by the pins of those he stays with."""
    home = {key: block for block in sets for key in block}
    for a, b in apart:
        if a not in home or b not in home or home[a] == home[b]:
            continue
        shared = {pins[k] for k in home[a] if k in pins} & {pins[k] for k in home[b] if k in pins}
        if shared and pins.get(a) != pins.get(b, ""):
            yield f"{a} and {b} must stay apart, but pins draw both to {', '.join(sorted(shared))}"


def _blocks(
    sets: Sequence[tuple[str, ...]], pins: Mapping[str, str], largest: int
) -> Iterator[str]:
    """Sets that are pinned to several teams, or larger than any team may be."""
    for block in sets:
        named = ", ".join(block)
        where = sorted({pins[key] for key in block if key in pins})
        if len(where) > 1:
            yield f"{named} must stay together, but are pinned to {', '.join(where)}"
        if len(block) > max(1, largest):
            yield f"{named} must stay together: {len(block)} people, a team has {largest} at most"


def _strange(pair: Pair, known: set[str]) -> str:
    if pair[0] == pair[1]:
        return f"{pair[0]} is paired with himself"
    lost = [key for key in pair if key not in known]
    return f"{' and '.join(lost)} of the pair {pair[0]} – {pair[1]} not in the group"


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
