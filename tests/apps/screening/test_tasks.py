"""muster.apps.screening.tasks: the jobs of the minute and of the hour."""

from muster.apps.audit.actions import act_as
from muster.apps.screening.models import Tally
from muster.apps.screening.tasks import forget, refresh
from tests.support.city import OpenRound, SmallCity
from tests.support.records import round_

__all__ = ["round_"]


def test_the_job_counts_every_community(city: SmallCity, round_: OpenRound) -> None:
    assert refresh(0) == 1
    with act_as(city.secretary):
        assert Tally.objects.get().round_id == round_.id


def test_the_hours_job_forgets_old_codes(city: SmallCity, round_: OpenRound) -> None:
    assert forget(0) == {"codes": 0, "guesses": 0, "words": 0}
