"""Tube codes that were typed or read wrongly: which known one is meant?"""

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

MOST = 3
"""Edits (a character wrong, left out, added, two swapped) beyond which a code is another one."""


def nearest(code: str, known: Iterable[str], *, most: int = MOST, limit: int = 5) -> list[str]:
    """The known codes that differ from `code` by at most `most` edits, the nearest first, equals by
    code; at most `limit`."""
    found = process.extract(
        code, sorted(set(known)), scorer=OSA.distance, score_cutoff=most, limit=None
    )
    return [each for each, _, _ in sorted(found, key=lambda f: (f[1], f[0]))[:limit]]
