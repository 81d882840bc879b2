"""Coverage of a city, added up from tallies; rounds beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection

from muster.apps.communities.queries.places import divisions_by_code
from muster.apps.screening.models import Tally

if TYPE_CHECKING:
    from muster.apps.communities.models import Place


@dataclass(frozen=True, slots=True)
class Standing:
    """The newest round of every community of a division, added up; `before` is the share tested or
    exempt in the round before it, of the communities that had one. `as_of` is the oldest count."""

    area: int
    place: Place | None
    communities: int
    residents: int
    tested: int
    exempt: int
    refused: int
    away: int
    home_visit: int
    missing: int
    tubes: int
    samples: int
    before: float | None
    as_of: datetime

    @property
    def percent(self) -> float:
        """Tested and exempt of all, 0-100; 100 where nobody lives."""
        return 100.0 if not self.residents else 100 * (self.tested + self.exempt) / self.residents

    @property
    def change(self) -> float | None:
        """Percentage points more than in the round before."""
        return None if self.before is None else self.percent - self.before


STANDINGS = """
WITH ranked AS (
    SELECT t.*, row_number() OVER (PARTITION BY t.area ORDER BY t.starts_at DESC) AS nth
    FROM screening_tally t WHERE t.area BETWEEN %(low)s AND %(high)s
)
SELECT area / %(step)s * %(step)s, count(*) FILTER (WHERE nth = 1),
       sum(residents) FILTER (WHERE nth = 1), sum(tested) FILTER (WHERE nth = 1),
       sum(exempt) FILTER (WHERE nth = 1), sum(refused) FILTER (WHERE nth = 1),
       sum(away) FILTER (WHERE nth = 1), sum(home_visit) FILTER (WHERE nth = 1),
       sum(missing) FILTER (WHERE nth = 1), sum(tubes) FILTER (WHERE nth = 1),
       sum(samples) FILTER (WHERE nth = 1),
       100.0 * sum(tested + exempt) FILTER (WHERE nth = 2)
             / nullif(sum(residents) FILTER (WHERE nth = 2), 0),
       min(as_of) FILTER (WHERE nth = 1)
FROM ranked WHERE nth <= 2 GROUP BY 1 ORDER BY 1
"""


def standings(*, low: int, high: int) -> list[Standing]:
    """Division by division one level below the range: districts of a city, streets of a district,
    communities of a street. Divisions without a round are left out."""
    step = step_below(low, high)
    with connection.cursor() as cursor:
        cursor.execute(STANDINGS, {"low": low, "high": high, "step": step})
        rows = cursor.fetchall()
    found = divisions_by_code([row[0] for row in rows])
    names = [f.name for f in fields(Standing)]
    told = [dict(zip(names, (row[0], found.get(row[0]), *row[1:]), strict=True)) for row in rows]
    return [Standing(**{**each, "before": _share(each["before"])}) for each in told]


def _share(value: object) -> float | None:
    return None if value is None else float(value)  # type: ignore[arg-type]


def step_below(low: int, high: int) -> int:
    """How many codes a division one level below the range has."""
    span = high - low + 1
    for step in (1_000_000, 1_000, 1):
        if span > step:
            return step
    return 1


def tallies_of(rounds: Sequence[UUID]) -> list[Tally]:
    """The tallies of these rounds, the newest round first."""
    return list(
        Tally.objects.filter(round__in=list(rounds)).select_related("round").order_by("-starts_at")
    )
