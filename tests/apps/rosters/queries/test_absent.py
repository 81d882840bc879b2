"""Who did not come and has no stand-in."""

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.rosters.actions import replace_no_show, take_attendance
from muster.apps.rosters.errors import AssignmentNotFound
from muster.apps.rosters.queries.absent import assignment_of, no_shows_of
from muster.apps.rosters.queries.rosters import assignments_of
from muster.kernel.ids import new_id
from tests.support.city import SmallCity
from tests.support.posts import a_call, post, roster, stand, volunteer


def test_a_no_show_is_listed_until_somebody_stands_in(city: SmallCity) -> None:
    call = a_call(city, order=1)
    volunteer(call, city.residents[0], "order")
    stand(city, post(city.estates[0]))
    plan = roster(city).plan
    volunteer(call, city.residents[1], "order")
    with act_as(city.secretary):
        one = assignments_of(plan.id).get()
        assert no_shows_of(plan.id) == []
        take_attendance(assignment=one.id, present=False)
        assert no_shows_of(plan.id) == [one]
        assert assignment_of(one.id).person_id == city.residents[0]
        replace_no_show(assignment=one.id)
        assert no_shows_of(plan.id) == []
        with pytest.raises(AssignmentNotFound):
            assignment_of(new_id())
