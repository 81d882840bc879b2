"""Series, and the facts that the rules ask for."""

from datetime import date
from uuid import UUID

from muster import policies
from muster.apps.kits.errors import SeriesNotFound
from muster.apps.kits.models import Series
from muster.kernel import clock
from muster.policies.model import Antigen
from muster.protocols.kits import SeriesFacts


def series_of(series: UUID) -> Series:
    """One series. Raises `SeriesNotFound`."""
    found = Series.objects.filter(id=series).first()
    if found is None:
        raise SeriesNotFound
    return found


def series_within(*, low: int, high: int) -> list[Series]:
    """The series of a range of communities: open ones first, the newest first."""
    found = Series.objects.filter(area__range=(low, high)).order_by("-starts_on", "-opened_at")
    return sorted(found, key=lambda s: s.closed_at is not None)


def facts_of(series: Series) -> SeriesFacts:
    """A series as the rules see it."""
    return SeriesFacts(
        starts_on=series.starts_on,
        days=tuple(series.days),
        kits_per_person=series.kits_per_person,
        daily=series.daily,
        closed=series.closed_at is not None,
    )


def rule_of(series: Series) -> Antigen:
    """The rules under which a series was opened."""
    return policies.load(series.policy).antigen


def today() -> date:
    """The date on the city's clocks."""
    return clock.to_local(clock.now()).date()
