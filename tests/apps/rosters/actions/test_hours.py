"""Own hours, from the board to the next plan: `muster.apps.rosters.actions.hours`."""

from datetime import timedelta

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.people.errors import NotAllowed
from muster.apps.rosters.actions import add_person, lift_hours, set_hours
from muster.apps.rosters.errors import EditRefused, HoursMalformed, HoursNotFound
from muster.apps.rosters.models import Gap, Shift
from muster.apps.rosters.queries.hours import DAY, hours_of
from muster.apps.rosters.queries.why import who_could
from muster.kernel import clock
from muster.kernel.ids import new_id
from muster.planner.plan import Bar
from tests.support.city import HERE, SmallCity
from tests.support.posts import a_call, plan, post, stand, tonight, volunteer

EVERY = tuple(range(7))


def test_nobody_is_sent_outside_his_own_hours(city: SmallCity) -> None:
    one = city.residents[0]
    volunteer(a_call(city, order=9), one, "order")
    (made,) = stand(city, post(city.estates[0]))
    start = clock.to_local(tonight()[0])
    minute = start.hour * 60 + start.minute
    draft = plan(city)
    assert draft.placed == 1
    with act_as(city.secretary):
        later = (minute + 6 * 60) % DAY
        hours = set_hours(area=HERE, person=one, days=EVERY, begins=later, ends=later + 60)
        assert [row.id for row in hours_of([one])[one]] == [hours.id]
    empty = plan(city)
    assert empty.placed == 0
    assert Gap.objects.get(plan=empty.plan).reason == "not_available"
    shift = Shift.objects.get(post=made)
    with act_as(city.secretary):
        assert list(who_could(empty.plan, shift.id).bars) == [(Bar.NOT_AVAILABLE, 1)]
        with pytest.raises(EditRefused) as refused:
            add_person(plan=empty.plan.id, shift=shift.id, person=one)
        assert refused.value.data["bars"] == ("not_available",)
        begins = (minute - 30) % DAY
        set_hours(area=HERE, person=one, days=EVERY, begins=begins, ends=begins + 5 * 60)
    assert plan(city).placed == 1
    with act_as(city.secretary):
        for row in hours_of([one])[one]:
            lift_hours(hours=row.id)
        with pytest.raises(HoursNotFound):
            lift_hours(hours=hours.id)
    assert not hours_of([one])
    assert plan(city).placed == 1


@pytest.mark.parametrize(
    ("days", "begins", "ends"),
    [
        ((), 0, 60),
        ((7,), 0, 60),
        ((1,), -1, 60),
        ((1,), 60, 60),
        ((1,), 0, DAY + 1),
        ((1,), DAY, DAY + 9),
    ],
)
def test_hours_that_cannot_be_are_refused(
    city: SmallCity, days: tuple[int, ...], begins: int, ends: int
) -> None:
    with act_as(city.secretary), pytest.raises(HoursMalformed):
        set_hours(area=HERE, person=city.residents[0], days=days, begins=begins, ends=ends)


def test_others_cannot(city: SmallCity) -> None:
    one = city.residents[0]
    with act_as(city.secretary):
        hours = set_hours(area=HERE, person=one, days=(0,), begins=0, ends=60)
        with pytest.raises(HoursNotFound):
            lift_hours(hours=new_id())
    with act_as(city.other_secretary):
        with pytest.raises(NotAllowed):
            set_hours(area=HERE, person=one, days=(0,), begins=0, ends=60)
        with pytest.raises(HoursNotFound):
            lift_hours(hours=hours.id)
    assert hours.made_at <= clock.now() + timedelta(seconds=1)
