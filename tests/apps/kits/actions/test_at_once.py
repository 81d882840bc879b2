"""A page sends twice, or a household while a pair takes its word back: on two connections."""

import psycopg
import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.kits.actions import NewResult, report_result
from muster.apps.kits.actions.zoned import open_zone_series
from muster.apps.kits.models import KitFollowUp, KitIssue, KitResult, Series
from muster.kernel import clock
from muster.kernel.ids import new_id
from tests.apps.kits.actions.test_zoned import november, sealed
from tests.support.at_once import meanwhile
from tests.support.city import HERE, SmallCity, build_city
from tests.support.kit_words import pair_at
from tests.support.kits import Kits, hand, set_up_kits

__all__ = ["november"]


@pytest.fixture
def city(committed: psycopg.Connection) -> SmallCity:
    return build_city()


@pytest.fixture
def kits(city: SmallCity) -> Kits:
    with act_as(city.secretary):
        return set_up_kits(city)


def test_one_form_sent_twice_is_one_issue(city: SmallCity, kits: Kits) -> None:
    """Not the refusal that the door was given kits, a moment ago and by himself."""
    key = new_id()

    def give() -> object:
        with act_as(city.secretary):
            return hand(kits, city.places["D1111"], key=key).issue.id

    assert meanwhile(give, give) == [key, key]
    with act_as(city.secretary):
        assert KitIssue.objects.count() == 1


def test_a_positive_that_comes_while_a_negative_is_taken_back(city: SmallCity, kits: Kits) -> None:
    pair, door, person = pair_at(city, kits), city.places["D1111"], city.residents[0]
    word = pair.result(door, person)
    pair.say(word)
    new = NewResult(
        id=new_id(), series=kits.series.id, person=person, door=door, day=2, value="positive"
    )

    def report() -> None:
        with as_system("household page"):
            report_result(area=HERE, door=door, new=new)

    assert meanwhile(report, lambda: pair.say(pair.undo(word)))[1] == ["accepted"]
    with act_as(city.secretary):
        assert KitResult.objects.get().value == "positive"
        assert KitFollowUp.objects.count() == 1


def test_two_jobs_open_a_zones_series_once(city: SmallCity, november: None) -> None:
    sealed(city, "high", city.places["B11"], days=1)

    def opened() -> int:
        with as_system("zones"):
            return len(open_zone_series(at=clock.now()))

    one, two = meanwhile(opened, opened)
    assert (one, two) == (1, 0)
    with as_system("look"):
        assert Series.objects.count() == 1
