"""What holds of all that was said of a person in a round, kept as `Absence`."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db import connection

from muster.apps.screening.models import Absence, Visit
from muster.apps.screening.queries.walks import word_of
from muster.protocols.visits import finding


def one_at_a_time(round_id: UUID) -> None:
    """Words of a round are taken one batch after the other, until the transaction ends: so that
    the order of their times is the order in which they were received."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [round_id.int % 2**63])


def words_about(round_id: UUID, persons: Collection[UUID]) -> dict[UUID, list[Visit]]:
    """Every word that counts about these people."""
    found: dict[UUID, list[Visit]] = defaultdict(list)
    rows = Visit.objects.filter(round_id=round_id, person__in=persons)
    for visit in rows.exclude(state__in=(Visit.State.HELD, Visit.State.WAITING)):
        if visit.person is not None:
            found[visit.person].append(visit)
    return found


def settle_findings(*, round_id: UUID, persons: Collection[UUID]) -> None:
    """`Absence` of these people as their words have it. To be called `one_at_a_time`."""
    told = words_about(round_id, persons)
    for person in persons:
        said = {str(v.id): v for v in told.get(person, [])}
        holds = finding(word_of(v) for v in said.values())
        if holds is None:
            Absence.objects.filter(round_id=round_id, person_id=person).delete()
            continue
        visit = said[holds.id]
        Absence.objects.update_or_create(
            round_id=round_id,
            person_id=person,
            defaults={
                "area": visit.area,
                "outcome": visit.outcome,
                "rule": visit.rule,
                "until": visit.until,
                "note": visit.note,
                "by": visit.by,
                "at": visit.received_at,
            },
        )
