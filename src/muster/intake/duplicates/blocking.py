"""Which pairs are looked at. Comparing everybody with everybody does not scale; people who share
nothing are not compared, and a value that very many share (a switchboard, a common name) is no
reason to compare."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

type Integers = NDArray[np.int64]

LARGEST_BLOCK = 120


@dataclass(frozen=True, slots=True)
class Blocked:
    """Pairs left < right, each once; `by[rule]` marks the pairs that agree on that rule."""

    left: Integers
    right: Integers
    by: NDArray[np.bool_]


def coded(values: Sequence[str | None]) -> Integers:
    """Equal values have equal codes from 0; None and "" are -1, no reason to compare."""
    seen: dict[str, int] = {}
    return np.fromiter(
        (seen.setdefault(k, len(seen)) if k else -1 for k in values), np.int64, len(values)
    )


def joined(codes: Sequence[Integers]) -> Integers:
    """One code for what agrees in every part; -1 where a part is not known."""
    whole = codes[0]
    for part in codes[1:]:
        both = (whole >= 0) & (part >= 0)
        pairs = np.where(both, whole * (part.max(initial=0) + 1) + part, -1)
        # Counted anew, so that three and more parts do not run over 64 bits.
        whole = np.where(both, np.unique(pairs, return_inverse=True)[1], -1)
    return whole


def block(
    rules: Sequence[Integers], *, split: int | None = None, largest: int = LARGEST_BLOCK
) -> Blocked:
    """Pairs that agree on at least one of several rules.

    `rules[rule][record]` is a code or -1 (no reason). `split`: the first `split` records are one
    file and the rest another; only pairs across are wanted. Blocks larger than `largest` are left
    out; another rule has to find those pairs.
    """
    size = max(1, len(rules[0]) if rules else 0)
    found = []
    for codes in rules:
        left, right = _pairs(codes, largest)
        if split is not None:
            across = (left < split) & (right >= split)
            left, right = left[across], right[across]
        found.append(left * size + right)
    both = np.unique(np.concatenate([np.empty(0, np.int64), *found]))
    by = np.zeros((len(found), both.size), bool)
    for row, pairs in zip(by, found, strict=True):
        row[np.searchsorted(both, pairs)] = True
    return Blocked(both // size, both % size, by)


def _pairs(codes: Integers, largest: int) -> tuple[Integers, Integers]:
    """All pairs inside each block, block sizes at once."""
    order = np.argsort(codes, kind="stable")
    order = order[codes[order] >= 0]
    if order.size == 0:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    starts = np.flatnonzero(np.diff(codes[order], prepend=-2))
    sizes = np.diff(starts, append=order.size)
    left, right = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for size in np.unique(sizes[(sizes > 1) & (sizes <= largest)]):
        members = order[starts[sizes == size][:, None] + np.arange(size)]
        members.sort(axis=1)
        a, b = np.triu_indices(int(size), 1)
        left.append(members[:, a].ravel())
        right.append(members[:, b].ravel())
    return np.concatenate(left), np.concatenate(right)
