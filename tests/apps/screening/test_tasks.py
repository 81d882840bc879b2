"""muster.apps.screening.tasks: the minute's job."""

from muster.apps.audit.actions import act_as
from muster.apps.screening.models import Tally
from muster.apps.screening.tasks import refresh
from tests.support.city import OpenRound, SmallCity
from tests.support.records import round_

__all__ = ["round_"]


def test_the_job_counts_every_community(city: SmallCity, round_: OpenRound) -> None:
    assert refresh(0) == 1
    with act_as(city.secretary):
        assert Tally.objects.get().round_id == round_.id
