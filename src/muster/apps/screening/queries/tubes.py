"""The tubes of a round as the log has them, each with how many people count in it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from muster.apps.screening.models import SamplingTable
from muster.apps.screening.queries.rounds import in_log


@dataclass(frozen=True, slots=True)
class TubeSeen:
    """A tube; `people` that count in it, `counted` in hand when it was closed (None: not told)."""

    code: str
    table: UUID
    opened_at: datetime
    closed_at: datetime | None
    counted: int | None
    result: str
    people: int


TUBES = """
SELECT t.code, t."table", t.opened_at, t.closed_at, t.counted, t.result, coalesce(n.people, 0)
FROM screening_tube t
LEFT JOIN (SELECT tube, count(*) AS people FROM screening_specimen
           WHERE district = %(district)s AND round = %(round)s
                 AND state IN ('accepted', 'flagged')
                 AND (%(codes)s::text[] IS NULL OR tube = ANY(%(codes)s::text[]))
           GROUP BY tube) n ON n.tube = t.code
WHERE t.district = %(district)s AND t.round = %(round)s
      AND (%(codes)s::text[] IS NULL OR t.code = ANY(%(codes)s::text[]))
ORDER BY t.opened_at, t.code
"""


def tubes_of(round_id: UUID, codes: Collection[str] | None = None) -> list[TubeSeen]:
    """The tubes of a round, the oldest first; only those with these codes where some are given."""
    only = None if codes is None else list(codes)
    with connection.cursor() as cursor:
        cursor.execute(TUBES, {**in_log(round_id), "codes": only})
        return [TubeSeen(*row) for row in cursor.fetchall()]


def tube_codes(round_id: UUID) -> list[tuple[str, int]]:
    """Every tube of a round with how many count in it, in order of code."""
    return sorted((tube.code, tube.people) for tube in tubes_of(round_id))


def table_numbers(round_id: UUID) -> dict[UUID, int]:
    """The numbers of a round's tables."""
    return dict(SamplingTable.objects.filter(round=round_id).values_list("id", "number"))
