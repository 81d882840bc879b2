"""Open and close a series of antigen tests."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.conf import settings

from muster import policies
from muster.apps.audit.actions import current_actor, write_line
from muster.apps.communities.queries.places import places as places_by_id
from muster.apps.communities.queries.places import residents_per_place
from muster.apps.kits.errors import SeriesNotFound, SeriesUnknown, SeriesWithoutPlaces
from muster.apps.kits.models import Series
from muster.apps.people.queries.access import require
from muster.kernel import clock
from muster.protocols.access import Verb


def open_series(
    *, area: int, places: Sequence[int], kind: str, starts_on: date, title: str = ""
) -> Series:
    """Everybody below `places` tests at home on the days of a kind of series of the policy;
    `starts_on` is day 1. Places of another community are left out.

    Raises `SeriesUnknown`, `SeriesWithoutPlaces`, `NotAllowed`.
    """
    require(Verb.OPEN_ROUND, place=area)
    policy = policies.load(settings.MUSTER_POLICY)
    try:
        rule = policy.antigen_series(kind)
    except KeyError as error:
        raise SeriesUnknown(kind=kind[:32], reason="") from error
    inside = [p.id for p in places_by_id(places) if p.area == area]
    if not sum(residents_per_place(inside).values()):
        raise SeriesWithoutPlaces(reason="")
    made = Series.objects.create(
        area=area,
        title=title.strip()[:60] or rule.zh,
        policy=policy.name,
        kind=kind,
        places=inside,
        starts_on=starts_on,
        days=list(rule.days),
        kits_per_person=rule.kits_per_person,
        daily=rule.daily,
        opened_at=clock.now(),
        opened_by=current_actor().name,
    )
    write_line(action="kit_series_opened", area=area, subject=made.id, days=len(rule.days))
    return made


def close_series(*, series: UUID) -> Series:
    """No more kits are handed out; results still come in.

    Raises `SeriesNotFound`, `NotAllowed`.
    """
    found = Series.objects.select_for_update().filter(id=series).first()
    if found is None:
        raise SeriesNotFound
    require(Verb.OPEN_ROUND, place=found.area)
    if found.closed_at is None:
        found.closed_at = clock.now()
        found.save(update_fields=["closed_at"])
        write_line(action="kit_series_closed", area=found.area, subject=series)
    return found
