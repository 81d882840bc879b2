"""Which place of the tree a text means: candidates with a score, never a silent guess."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from muster.intake.writing import fold, simplify

if TYPE_CHECKING:
    from muster.intake.addresses import House

# What each part is worth, and what a contradiction costs. A part that was not written says nothing.
WEIGHTS = {"area": 2.0, "building": 3.0, "unit": 1.5, "room": 3.0}
SURE, WORTH_SHOWING = 0.95, 0.35
_SUFFIX = re.compile(r"(?:花园|小区|家园|公寓|新村|社区)$")


@dataclass(frozen=True, slots=True)
class Place:
    """A household door of the tree. `aliases`: other names of its estate."""

    key: str
    area: str | None = None
    building: str | None = None
    unit: str | None = None
    room: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place with its score in 0..1 and what spoke for or against each part."""

    place: Place
    score: float
    reasons: tuple[tuple[str, float], ...]


def match_place(house: "House", candidates: Iterable[Place], *, limit: int = 5) -> list[Candidate]:
    """Places that `house` may mean, best first, score 1.0 for every written part equal.

    Estates are compared by name and alias, by characters and by pinyin, so that a typo, a
    homophone or 繁體 finds its place with a lower score. Numbers must be equal, but one swapped or
    wrong digit of a room keeps the place in the list. Take the first without asking only
    when its score is at least `SURE` and the next one is lower.
    """
    scored = [_scored(house, place) for place in candidates]
    good = [c for c in scored if c.score >= WORTH_SHOWING]
    return sorted(good, key=lambda c: (-c.score, c.place.key))[:limit]


def _scored(house: "House", place: Place) -> Candidate:
    reasons: list[tuple[str, float]] = []
    for part in WEIGHTS:
        said = getattr(house, part)
        if said is None:
            continue
        if part == "area":
            names = [n for n in (place.area, *place.aliases) if n]
            likeness = max((_area_likeness(said, name) for name in names), default=0.5)
        else:
            likeness = _number_likeness(said, getattr(place, part))
        reasons.append((part, likeness))
    total = sum(WEIGHTS[p] for p, _ in reasons)
    score = sum(WEIGHTS[p] * s for p, s in reasons) / total if total else 0.0
    return Candidate(place, round(score, 4), tuple(reasons))


def _area_likeness(said: str, name: str) -> float:
    a, b = simplify(fold(said)), simplify(fold(name))
    if a == b:
        return 1.0
    if _SUFFIX.sub("", a) == _SUFFIX.sub("", b):
        return 0.97
    if a.startswith(b) or b.startswith(a):
        return 0.9
    sound = 0.93 if _sound(a) == _sound(b) else 0.9 * fuzz.ratio(_sound(a), _sound(b)) / 100
    shape = 0.9 * fuzz.ratio(a, b) / 100
    best = max(sound, shape)
    return best if best >= 0.6 else 0.0


def _number_likeness(said: str, known: str | None) -> float:
    if known is None:
        return 0.5
    if said.lstrip("0").upper() == known.lstrip("0").upper():
        return 1.0
    if len(said) >= 3 and OSA.distance(said, known) == 1:
        return 0.4
    return 0.0


@lru_cache(maxsize=4096)
def _sound(text: str) -> str:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - costs 0.2 s, and only typos need it

    return "".join(lazy_pinyin(text)).replace("zh", "z").replace("ch", "c").replace("sh", "s")
