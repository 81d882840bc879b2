"""`muster.apps.kits.actions.links`: the code of a door, and how it ends."""

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.audit.queries import lines_about
from muster.apps.kits.actions import (
    household_link,
    read_household_link,
    revoke_household_link,
)
from muster.apps.kits.actions.links import LINK
from muster.apps.kits.errors import HouseholdLinkSpent
from muster.apps.people.errors import NotAllowed
from tests.support.city import HERE, SmallCity


def test_a_revoked_code_is_refused_and_the_next_one_opens(city: SmallCity) -> None:
    door = city.places["D1111"]
    with act_as(city.secretary):
        old, others = household_link(door=door), household_link(door=city.places["D1112"])
        assert revoke_household_link(door=door) == 1
        fresh = household_link(door=door)
        assert revoke_household_link(door=city.places["D1113"]) == 1
        assert read_household_link(fresh) == (HERE, door)
        assert read_household_link(others) == (HERE, city.places["D1112"])
        with pytest.raises(HouseholdLinkSpent):
            read_household_link(old)
        before = LINK.sign(f"{HERE}.{city.places['D1112']}").replace(":", "~")
        assert read_household_link(before) == (HERE, city.places["D1112"])  # without a version
        assert [line.action for line in lines_about(door)] == ["kit_code_revoked"]
        assert revoke_household_link(door=door) == 2
        with pytest.raises(HouseholdLinkSpent):
            read_household_link(fresh)
    with act_as(city.headquarters), pytest.raises(NotAllowed):
        revoke_household_link(door=door)
