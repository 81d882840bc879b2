"""`muster.apps.rosters.queries.absent`: no-shows without a stand-in."""

from typing import Any

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.rosters.actions import take_attendance
from muster.apps.rosters.errors import AssignmentNotFound
from muster.apps.rosters.queries.absent import assignment_of, no_shows_of
from muster.apps.rosters.queries.rosters import assignments_of
from muster.kernel.ids import new_id
from tests.support.city import SmallCity
from tests.support.life import live


def test_no_show_is_listed_until_he_comes(city: SmallCity) -> None:
    lived: dict[str, Any] = live(city)
    with act_as(city.secretary):
        plan = lived["plan"].plan.id
        first = assignments_of(plan)[0]
        assert not no_shows_of(plan)
        take_attendance(assignment=first.id, present=False)
        assert [a.id for a in no_shows_of(plan)] == [first.id]
        assert assignment_of(first.id).person_id == first.person_id
        take_attendance(assignment=first.id, present=True)
        assert not no_shows_of(plan)
        with pytest.raises(AssignmentNotFound):
            assignment_of(new_id())
