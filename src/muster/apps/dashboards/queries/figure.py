"""What a figure is: a key, a unit, a definition in two languages, and how it is counted.

People, tubes and samples are different units and are never added up.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection


@dataclass(frozen=True, slots=True)
class Within:
    """What is counted: a range of communities, and nothing that came in after `at`. `known` is what
    the figures of one page ask in common."""

    low: int
    high: int
    at: datetime
    known: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def once[T](self, name: str, ask: Callable[[], T]) -> T:
        """What `ask` answers, asked by the first figure that wants it."""
        if name not in self.known:
            self.known[name] = ask()
        found: T = self.known[name]
        return found


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure. `unit`: people, tubes, samples, bodies, posts, records. `rows`: the desk page that
    lists what was counted."""

    key: str
    topic: str
    unit: str
    zh: str
    en: str
    definition_zh: str
    definition_en: str
    rows: str
    count: Callable[[Within], int]


@dataclass(frozen=True, slots=True)
class Value:
    """A figure with its value."""

    figure: Figure
    value: int


FIGURES: dict[str, Figure] = {}


def figure(
    key: str, *, topic: str, unit: str, zh: str, en: str, means: tuple[str, str], rows: str
) -> Callable[[Callable[[Within], int]], Callable[[Within], int]]:
    """Register a counting function as a figure."""

    def register(count: Callable[[Within], int]) -> Callable[[Within], int]:
        FIGURES[key] = Figure(key, topic, unit, zh, en, means[0], means[1], rows, count)
        return count

    return register


def count_of(query: str, within: Within, **parameters: Any) -> int:
    """The one number that a query returns; `%(low)s`, `%(high)s`, `%(at)s` are filled in."""
    with connection.cursor() as cursor:
        cursor.execute(
            query, {"low": within.low, "high": within.high, "at": within.at, **parameters}
        )
        row = cursor.fetchone()
    return int(row[0] or 0)


def figures_at(within: Within, keys: Sequence[str] | None = None) -> list[Value]:
    """Figures with their values, in the order of registration."""
    wanted = FIGURES.values() if keys is None else [FIGURES[k] for k in keys]
    return [Value(f, f.count(within)) for f in wanted]
