"""How alike two people are, field by field, as a level: 0 not known, 1 different, 2 near, 3 close,
4 equal.

Rapidfuzz compares whole columns of pairs at once; equal pairs are found first and not compared.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from muster.intake.duplicates.blocking import Integers, coded
from muster.intake.duplicates.fields import Compare
from muster.intake.duplicates.spelling import SPELLINGS, normalise
from muster.intake.names import is_familiar

type Levels = NDArray[np.int8]
type Texts = NDArray[np.object_]

UNKNOWN, DIFFERENT, NEAR, CLOSE, EQUAL = 0, 1, 2, 3, 4
LEVELS = 5
CHUNK = 200_000
# Slips (a wrong, missing or swapped sign) that still count as close and as near. A brother's
# telephone and identity number differ by few digits too, so that two slips there say nothing.
_SLIPS = {
    Compare.NAME: (0, 1),
    Compare.PHONE: (1, 1),
    Compare.IDENTITY: (1, 1),
    Compare.DOOR: (1, 1),
    Compare.CODE: (1, 2),
    Compare.DATE: (1, 2),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One field of every record. `values`: as compared, empty when not known. `codes`: equal values
    have equal codes, -1 is not known. `sounds`: the same by sound, for names. `vague`: names like
    小芳 and 老王, which say nothing unless they are equal."""

    how: Compare
    values: Texts
    codes: Integers
    sounds: Integers
    vague: NDArray[np.bool_]


def column(said: Iterable[object], how: Compare) -> Column:
    """A column of raw values."""
    spell = SPELLINGS.get(how, normalise)
    values = [spell(v) if v is not None else "" for v in said]
    codes = coded(values)
    vague = np.zeros(len(values), bool)
    sounds = codes
    if how is Compare.NAME:
        sounds = coded([sound(v) for v in values])
        vague = np.fromiter(map(_is_vague, values), bool, len(values))
    return Column(how, np.array(values, dtype=object), codes, sounds, vague)


def compare(field: Column, left: Integers, right: Integers) -> Levels:
    """The level of each pair of records."""
    levels = np.full(left.size, DIFFERENT, np.int8)
    codes = field.codes
    levels[field.sounds[left] == field.sounds[right]] = CLOSE
    levels[field.vague[left] | field.vague[right]] = UNKNOWN
    levels[codes[left] == codes[right]] = EQUAL
    levels[(codes[left] < 0) | (codes[right] < 0)] = UNKNOWN
    open_pairs = np.flatnonzero(levels == DIFFERENT)
    for at in range(0, open_pairs.size, CHUNK):
        pairs = open_pairs[at : at + CHUNK]
        levels[pairs] = _likeness(field.values[left[pairs]], field.values[right[pairs]], field.how)
    return levels


def _likeness(a: Texts, b: Texts, how: Compare) -> Levels:
    if how is Compare.TEXT:
        likeness = process.cpdist(a, b, scorer=JaroWinkler.similarity, dtype=np.float32)
        return np.select([likeness >= 0.92, likeness >= 0.85], [CLOSE, NEAR], DIFFERENT).astype(
            np.int8
        )
    close, near = _SLIPS[how]
    distance = process.cpdist(a, b, scorer=OSA.distance, score_cutoff=near, dtype=np.int32)
    longer = map(max, map(len, a), map(len, b))
    lengths = np.fromiter(longer, int, a.size)
    told = lengths > 2 * distance
    chosen = np.select(
        [(distance <= close) & told, (distance <= near) & told], [CLOSE, NEAR], DIFFERENT
    )
    return chosen.astype(np.int8)


def _is_vague(name: str) -> bool:
    return len(name) == 2 and (is_familiar(name) or name[0] == name[1])


@lru_cache(maxsize=65_536)
def _syllable(char: str) -> str:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - costs 0.2 s, only linkage needs it

    said: str = lazy_pinyin(char)[0]
    for hard, soft in (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n")):
        said = said.replace(hard, soft)
    return said


@lru_cache(maxsize=262_144)
def sound(name: str) -> str:
    """The sound of a name, without what dialects and ears confuse (zh/z, n/l, -n/-ng)."""
    return " ".join(map(_syllable, name)) if not name.isascii() else name


def levels_of(columns: Sequence[Column], left: Integers, right: Integers) -> Levels:
    """(pairs, fields): the level of each pair in each field."""
    found = [compare(c, left, right) for c in columns]
    return np.column_stack(found) if found else np.empty((left.size, 0), np.int8)
