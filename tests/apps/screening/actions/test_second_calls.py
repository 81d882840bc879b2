"""`muster.apps.screening.actions.second_calls`: who was called and has not come; called again."""

from datetime import timedelta

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.audit.queries import lines_about
from muster.apps.people.errors import NotAllowed
from muster.apps.screening.actions import call_again, forget_second_call
from muster.apps.screening.errors import NoDoors
from muster.apps.screening.models import SecondCall
from muster.apps.screening.queries.second_calls import uncome_of
from muster.kernel import clock
from muster.kernel.ids import new_id
from tests.support.city import OpenRound, SmallCity
from tests.support.records import round_

__all__ = ["round_"]


def test_called_again_and_taken_back(city: SmallCity, round_: OpenRound) -> None:
    doors = [city.places["D1111"], city.places["D1112"]]
    with act_as(city.secretary), clock.travel(clock.now() + timedelta(hours=1)):
        batch = call_again(round_id=round_.id, doors=[*doors, city.places["T"], 999_999])
        assert {m.door_id for m in SecondCall.objects.all()} == set(doors)
        marked = {d.door for d in uncome_of(round_.id) if d.again_at is not None}
        assert marked == set(doors)
        again = call_again(round_id=round_.id, doors=doors[:1])
        forget_second_call(batch=again)  # the first mark stays
        assert len([d for d in uncome_of(round_.id) if d.again_at]) == 2
        assert forget_second_call(batch=batch) == 2
        assert not SecondCall.objects.exists()
        assert {line.action for line in lines_about(round_.id)} >= {
            "called_again", "second_call_undone",
        }  # fmt: skip


def test_no_door_of_here_is_refused(city: SmallCity, round_: OpenRound) -> None:
    with act_as(city.secretary):
        with pytest.raises(NoDoors):
            call_again(round_id=round_.id, doors=[city.places["T"]])
        with pytest.raises(NoDoors):
            forget_second_call(batch=new_id())


def test_only_who_visits_doors_here(city: SmallCity, round_: OpenRound) -> None:
    with act_as(city.secretary):
        batch = call_again(round_id=round_.id, doors=[city.places["D1111"]])
    with act_as(city.headquarters), pytest.raises(NotAllowed):
        call_again(round_id=round_.id, doors=[city.places["D1111"]])
    with act_as(city.other_secretary), pytest.raises(NoDoors):
        forget_second_call(batch=batch)
