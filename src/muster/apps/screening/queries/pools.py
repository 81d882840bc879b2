"""Tubes with their people, for whoever has to speak of both: the laboratory's exchange."""

from uuid import UUID

from django.db import connection

from muster.apps.screening.models import Laboratory, log_key
from muster.apps.screening.queries.rounds import round_of
from muster.gateways.laboratory import Member, Pool

POOLS = """
SELECT t.code, t.opened_at, t.result, t.resulted_at,
       coalesce(array_agg(s.id ORDER BY s.received_at, s.id)
                FILTER (WHERE s.person IS NOT NULL), '{}'),
       coalesce(array_agg(s.person ORDER BY s.received_at, s.id)
                FILTER (WHERE s.person IS NOT NULL), '{}'),
       coalesce(array_agg(s.received_at ORDER BY s.received_at, s.id)
                FILTER (WHERE s.person IS NOT NULL), '{}')
FROM screening_tube t
LEFT JOIN screening_specimen s ON s.district = %(district)s AND s.round = %(round)s
     AND s.tube = t.code AND s.state IN ('accepted', 'flagged')
WHERE t.district = %(district)s AND t.round = %(round)s
GROUP BY t.code, t.opened_at, t.result, t.resulted_at ORDER BY t.opened_at, t.code
"""


def pools_of(round_id: UUID) -> list[Pool]:
    """The pools of a round, the oldest first. Raises `RoundNotFound`."""
    round_ = round_of(round_id)
    with connection.cursor() as cursor:
        cursor.execute(POOLS, log_key(round_.area, round_id))
        return [
            Pool(
                tube=code,
                opened_at=opened_at,
                members=[Member(*m) for m in zip(specimens, people, times, strict=True)],
                result=result,
                resulted_at=resulted_at,
            )
            for code, opened_at, result, resulted_at, specimens, people, times in cursor.fetchall()
        ]


def laboratories_within(*, low: int, high: int) -> list[Laboratory]:
    """The laboratories that send results for places in the range, those shut out last."""
    found = Laboratory.objects.filter(high__gte=low, low__lte=high)
    return list(found.order_by("-revoked_at", "name"))
