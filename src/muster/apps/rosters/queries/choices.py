"""Which bodies a joint post may name."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from muster.apps.audit.actions import as_system
from muster.apps.people.queries.organisations import LEVELS, names_of, organisations
from muster.apps.rosters.queries.problems import candidates_of

FOUND = 20
"""Bodies that a search by name shows."""
FIRST = 12
"""Bodies that are shown unasked: a phone's screen of them."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A body that a joint post may name; `people`: who came forward from it."""

    code: int
    name: str
    people: int
    chosen: bool


def choices_for(area: int, chosen: Collection[int], text: str = "") -> list[Choice]:
    """The chosen ones, then those whose name has `text` in it and the `FIRST` of those that people
    came forward from for a division, the most first."""
    many: Counter[int] = Counter()
    with as_system("bodies of those who came forward"):
        came = {c.id: (c.units, c.bodies) for c in candidates_of(area)}
    for units, bodies in came.values():
        many.update({code for unit in units for code in _above(unit)} | bodies)
    wanted = {*chosen, *(code for code, _ in many.most_common(FIRST))}
    if text:
        wanted |= set(
            organisations().filter(name__icontains=text).values_list("code", flat=True)[:FOUND]
        )
    names = names_of(wanted)
    found = [Choice(c, names[c], many[c], c in chosen) for c in wanted if c in names]
    return sorted(found, key=lambda c: (not c.chosen, text not in c.name, -c.people, c.code))


def _above(unit: int) -> set[int]:
    """A body and those above it, but for the root of the tree."""
    return {unit - unit % worth for worth in LEVELS[1:]} - {unit - unit % LEVELS[0]}
