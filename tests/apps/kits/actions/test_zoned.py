"""muster.apps.kits.actions.zoned: a zone with antigen days opens its
series, once, from its first day, where people live."""

from datetime import timedelta

import pytest
from django.conf import LazySettings

from muster.apps.audit.actions import act_as, as_system
from muster.apps.kits.actions import open_zone_series
from muster.apps.kits.models import Series
from muster.apps.kits.tasks import open_series_of_zones
from muster.apps.zones.actions import NewItem, end_order, issue_order
from muster.apps.zones.models import ZoneOrder
from muster.kernel import clock
from tests.support.city import HERE, SmallCity


def sealed(
    city: SmallCity, level: str, *places: int, number: str = "1", days: int = 0
) -> ZoneOrder:
    with act_as(city.headquarters):
        return issue_order(
            number=number, title="划定", area=HERE,
            effective_at=clock.now() - timedelta(days=days, minutes=1),
            items=[NewItem(place=p, level=level) for p in places],
        )  # fmt: skip


@pytest.fixture
def november(settings: LazySettings) -> None:
    settings.MUSTER_POLICY = "2022-11"


def test_a_high_risk_area_opens_its_second_day(city: SmallCity, november: None) -> None:
    sealed(city, "high", city.places["B11"], city.places["B12"], days=1)
    assert open_series_of_zones(0) == 1
    with as_system("test"):
        (made,) = Series.objects.all()
        first = clock.to_local(clock.now() - timedelta(days=1, minutes=1)).date()
        assert (made.area, made.kind, made.starts_on, made.days) == (HERE, "zone_day_2", first, [2])
        assert sorted(made.places) == sorted([city.places["B11"], city.places["B12"]])
    assert open_series_of_zones(0) == 0  # once
    sealed(city, "high", city.places["B21"], number="2", days=1)
    assert open_series_of_zones(0) == 1  # what was sealed later, alone
    with as_system("test"):
        assert Series.objects.order_by("-opened_at")[0].places == [city.places["B21"]]


def test_a_zone_that_has_ended_or_is_low_asks_for_nothing(city: SmallCity, november: None) -> None:
    order = sealed(city, "high", city.places["B11"])
    sealed(city, "low", city.places["B21"], number="2")
    with act_as(city.headquarters):
        end_order(order=order.id, at=clock.now())
    with as_system("test"):
        assert open_zone_series(at=clock.now() + timedelta(minutes=1)) == []


def test_a_policy_without_antigen_days_asks_for_nothing(city: SmallCity) -> None:
    sealed(city, "lockdown", city.places["B11"])
    assert open_series_of_zones(0) == 0
