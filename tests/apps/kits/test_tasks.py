"""`muster.apps.kits.tasks`: the hour's job finds nothing to do where no zone asks for kits."""

from muster.apps.kits.models import Series
from muster.apps.kits.tasks import open_series_of_zones
from tests.support.city import SmallCity


def test_nothing_is_opened_without_a_zone(city: SmallCity) -> None:
    assert open_series_of_zones(0) == 0
    assert not Series.objects.exists()
