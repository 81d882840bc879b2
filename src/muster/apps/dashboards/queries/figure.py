"""What a figure is: a key, a unit, a definition in two languages, and how it is counted.

People, tubes and samples are different units and are never added up.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import connection

from muster.apps.screening.queries.rounds import latest_in_log


@dataclass(frozen=True)
class Within:
    """What is counted: a range of communities, and nothing that came in after `at`."""

    low: int
    high: int
    at: datetime

    @cached_property
    def latest(self) -> Mapping[str, Any]:
        """`districts` and `rounds`: where in the log the newest round of each community is. Asked
        once, however many figures count in it."""
        return latest_in_log(low=self.low, high=self.high, at=self.at)


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


def counts_of(query: str, within: Within, **parameters: Any) -> tuple[int, ...]:
    """The numbers of the one row that a query returns, NULL as 0; `%(low)s`, `%(high)s`, `%(at)s`
    are filled in."""
    with connection.cursor() as cursor:
        cursor.execute(
            query, {"low": within.low, "high": within.high, "at": within.at, **parameters}
        )
        return tuple(int(number or 0) for number in cursor.fetchone())


def count_of(query: str, within: Within, **parameters: Any) -> int:
    """The one number that a query returns."""
    (number,) = counts_of(query, within, **parameters)
    return number


def figures_at(within: Within, keys: Sequence[str] | None = None) -> list[Value]:
    """Figures with their values, in the order of registration."""
    wanted = FIGURES.values() if keys is None else [FIGURES[k] for k in keys]
    return [Value(f, f.count(within)) for f in wanted]
