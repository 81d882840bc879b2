"""Freeze figures into an edition."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max

from muster.apps.audit.actions import current_actor, take_turns, write_line
from muster.apps.bulletins.errors import CutoffInFuture
from muster.apps.bulletins.models import Bulletin
from muster.apps.bulletins.queries import digest_of
from muster.apps.people.queries.access import require
from muster.kernel import clock
from muster.protocols.access import Verb


def freeze(*, area: int, cutoff: datetime, figures: Sequence[Mapping[str, Any]]) -> Bulletin:
    """Keep figures as they are: key, value, unit, both names and both definitions each.

    Raises `NotAllowed`, `CutoffInFuture`.
    """
    require(Verb.ISSUE_BULLETIN, place=area)
    if cutoff > clock.now():
        raise CutoffInFuture(reason="")
    kept = [dict(f) for f in figures]
    take_turns("bulletin", area)
    number = (Bulletin.objects.filter(area=area).aggregate(n=Max("number"))["n"] or 0) + 1
    bulletin = Bulletin.objects.create(
        area=area,
        number=number,
        cutoff=cutoff,
        figures=kept,
        digest=digest_of(kept),
        issued_by=current_actor().name,
        issued_at=clock.now(),
    )
    write_line(action="bulletin_issued", area=area, subject=bulletin.id, number=number)
    return bulletin
