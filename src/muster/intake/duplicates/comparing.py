"""How alike two people are, field by field, as a level: 0 not known, 1 different, 2 near, 3 equal.

Rapidfuzz compares whole columns of pairs at once; equal pairs are found first and not compared.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from muster.intake.duplicates.blocking import Integers
from muster.intake.duplicates.fields import Compare
from muster.intake.writing import fold, simplify

type Levels = NDArray[np.int8]

UNKNOWN, DIFFERENT, NEAR, EQUAL = 0, 1, 2, 3
LEVELS = 4
CHUNK = 200_000


def normalise(value: object) -> str:
    """A value as it is compared: NFKC, simplified, without spaces, lower case."""
    return "".join(simplify(fold(str(value))).lower().split()) if value is not None else ""


def compare(values: Sequence[str], left: Integers, right: Integers, how: Compare) -> Levels:
    """The level of each pair. `values` are normalised; an empty one is not known."""
    column = np.array(values, dtype=object)
    levels = np.full(left.size, DIFFERENT, np.int8)
    codes = _codes(values)
    levels[codes[left] == codes[right]] = EQUAL
    empty = np.array([not v for v in values], bool)
    levels[empty[left] | empty[right]] = UNKNOWN
    if how is Compare.NAME:
        sounds = _codes([sound(v) for v in values])
        levels[(levels == DIFFERENT) & (sounds[left] == sounds[right])] = NEAR
    open_pairs = np.flatnonzero(levels == DIFFERENT)
    for at in range(0, open_pairs.size, CHUNK):
        pairs = open_pairs[at : at + CHUNK]
        near = _near(column[left[pairs]], column[right[pairs]], how)
        levels[pairs[near]] = NEAR
    return levels


def _near(a: NDArray[np.object_], b: NDArray[np.object_], how: Compare) -> NDArray[np.bool_]:
    if how is Compare.TEXT:
        likeness = process.cpdist(a, b, scorer=JaroWinkler.similarity, dtype=np.float32)
        return np.asarray(likeness >= 0.85)
    allowed = {Compare.NAME: 1, Compare.CODE: 2, Compare.DATE: 2}[how]
    distance = process.cpdist(a, b, scorer=OSA.distance, score_cutoff=allowed, dtype=np.int32)
    lengths = np.array([max(len(x), len(y)) for x, y in zip(a, b, strict=True)])
    return np.asarray((distance <= allowed) & (lengths > 2 * distance))


def _codes(values: Sequence[str]) -> Integers:
    seen: dict[str, int] = {}
    return np.fromiter((seen.setdefault(v, len(seen)) for v in values), np.int64, len(values))


@lru_cache(maxsize=65_536)
def _syllable(char: str) -> str:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - costs 0.2 s, only linkage needs it

    said: str = lazy_pinyin(char)[0]
    for hard, soft in (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n")):
        said = said.replace(hard, soft)
    return said


def sound(name: str) -> str:
    """The sound of a name, without what dialects and ears confuse (zh/z, n/l, -n/-ng)."""
    return " ".join(map(_syllable, name)) if not name.isascii() else name
