"""Count rounds, so that a city's page need not."""

from datetime import timedelta
from uuid import UUID

from django.db.models import F, Q

from muster.apps.screening.models import Round, Specimen, Tally, Tube, log_key
from muster.apps.screening.queries.coverage import coverage_total
from muster.apps.screening.queries.rounds import round_of
from muster.kernel import clock

FRESH = timedelta(minutes=1)
"""A tally of an open round is as good as the round for so long."""
AFTER_CLOSING = timedelta(days=1)
"""A closed round is still counted for so long: doors are visited after it."""


def refresh_tally(*, round_id: UUID) -> Tally:
    """Count a round now. Raises `RoundNotFound`."""
    round_ = round_of(round_id)
    total = coverage_total(round_id)
    key = log_key(round_.area, round_id)
    counted = Specimen.objects.filter(
        **key, state__in=[Specimen.State.ACCEPTED, Specimen.State.FLAGGED]
    )
    tally, _ = Tally.objects.update_or_create(
        round=round_,
        defaults={
            "area": round_.area,
            "starts_at": round_.starts_at,
            "residents": total.residents,
            "tested": total.tested,
            "exempt": total.exempt,
            "refused": total.refused,
            "away": total.away,
            "home_visit": total.home_visit,
            "missing": total.missing,
            "tubes": Tube.objects.filter(**key).count(),
            "samples": counted.count(),
            "as_of": clock.now(),
        },
    )
    return tally


def refresh_tallies(*, limit: int = 500) -> int:
    """Count the rounds whose tally is missing or old, the oldest first; how many. The program's
    own work: it needs a transaction that reaches them all."""
    now = clock.now()
    living = Q(closed_at=None) | Q(closed_at__gt=now - AFTER_CLOSING)
    stale = Q(tally=None) | (living & Q(tally__as_of__lt=now - FRESH))
    due = Round.objects.filter(stale, starts_at__lte=now).order_by(
        F("tally__as_of").asc(nulls_first=True), "id"
    )
    ids = list(due.values_list("id", flat=True)[:limit])
    for round_id in ids:
        refresh_tally(round_id=round_id)
    return len(ids)
